# make run       the program, with whatever it needs installed first
# make test      every check and test
# make headless  bin/ishtirak-headless: hub and verbs, static, without a window
# make windows   bin/ishtirak.exe and bin/ishtirak-headless.exe

GO := .ci/go
LINK := -trimpath -ldflags "-s -w"

.PHONY: run build headless windows setup tools check test unit race window wine clean

run: setup build
	bin/ishtirak $(ARGS)

build:
	$(GO) build $(LINK) -o bin/ishtirak ./app

headless:
	CGO_ENABLED=0 $(GO) build -tags headless $(LINK) -o bin/ishtirak-headless ./app

setup:
	.ci/setup run

# The parts of make test, quick answers first.
test: tools check unit race window wine

# What the tests need beyond what the program needs.
tools:
	.ci/setup test

check:
	.ci/check

# Everything that can be tested without cgo is: it builds in a fraction of the time.
unit:
	CGO_ENABLED=0 $(GO) test -tags headless ./...

race:
	$(GO) test -race -short -tags headless ./model/... ./sync/... ./app/library/... ./app/present/... ./app/words/...

# The real window, driven by hand of a machine on a screen in memory.
window: build
	.ci/window
	xvfb-run -a $(GO) test -tags window ./app/ui/rtl/realkeys

windows:
	.ci/setup windows
	GOOS=windows CGO_ENABLED=0 $(GO) build -tags headless $(LINK) -o bin/ishtirak-headless.exe ./app
	GOOS=windows CGO_ENABLED=1 CC=x86_64-w64-mingw32-gcc $(GO) build -trimpath -ldflags "-s -w -H=windowsgui" -o bin/ishtirak.exe ./app

# The headless program's verbs once more, as Windows would run them; passed over where wine is not installed.
wine:
	.ci/wine

clean:
	rm -rf bin
