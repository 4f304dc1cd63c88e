// Go's runtime draws its first randomness from ProcessPrng, which every Windows
// since 10 has and the wine of Debian 12 has not. This gives it to wine, for tests.
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
	return RtlGenRandom(data, (ULONG)length);
}
