package model

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/fxamacker/cbor/v2"
)

// Values of groups are CBOR (RFC 8949, core deterministic encoding) maps with
// integer keys. A key this version does not know stays where it is when the group
// is saved again: a newer laptop's field survives an older one's edit.

// ErrValue says that a group's value does not follow its kind's rules.
var ErrValue = errors.New("a value does not follow the rules of its kind")

// The modes are made once and never changed; their options are constants, so
// making them cannot fail.
var (
	encMode = must(cbor.EncOptions{Sort: cbor.SortCoreDeterministic, IndefLength: cbor.IndefLengthForbidden}.EncMode())
	decMode = must(cbor.DecOptions{
		DupMapKey:        cbor.DupMapKeyEnforcedAPF,
		IndefLength:      cbor.IndefLengthForbidden,
		MaxNestedLevels:  16,
		MaxArrayElements: 1 << 17,
		MaxMapPairs:      1 << 12,
	}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // options are constants: a test run would have shown it
	}
	return v
}

// Encode gives v's value as it is stored: a struct with integer keys.
func Encode(v any) ([]byte, error) {
	b, err := encMode.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encoding %T: %w", v, err)
	}
	return b, nil
}

// Decode reads a stored value; keys v does not know are passed over.
func Decode(b []byte, v any) error {
	if err := decMode.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%w: %T: %w", ErrValue, v, err)
	}
	return nil
}

// Patch is Encode, with the keys of prev that v's type does not know kept.
func Patch(prev []byte, v any) ([]byte, error) {
	fresh, err := Encode(v)
	if err != nil || len(prev) == 0 {
		return fresh, err
	}
	var old, next map[int64]cbor.RawMessage
	if err := Decode(prev, &old); err != nil {
		return fresh, nil // what cannot be read cannot be kept
	}
	if err := Decode(fresh, &next); err != nil {
		return nil, err
	}
	known := knownKeys(reflect.TypeOf(v))
	kept := false
	for k, raw := range old {
		if !known[k] {
			next[k], kept = raw, true
		}
	}
	if !kept {
		return fresh, nil
	}
	return Encode(next)
}

// knownKeys lists the integer keys in the cbor tags of a struct, embedded ones included.
func knownKeys(t reflect.Type) map[int64]bool {
	keys := map[int64]bool{}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	for f := range fields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("cbor"), ",")
		if k, err := strconv.ParseInt(name, 10, 64); err == nil {
			keys[k] = true
		} else if f.Anonymous {
			for k := range knownKeys(f.Type) {
				keys[k] = true
			}
		}
	}
	return keys
}

func fields(t reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

// valid checks that b is a value of type T and passes check (nil: any does).
func valid[T any](check func(T) error) func([]byte) error {
	return func(b []byte) error {
		var v T
		if err := Decode(b, &v); err != nil {
			return err
		}
		if check == nil {
			return nil
		}
		if err := check(v); err != nil {
			return fmt.Errorf("%w: %w", ErrValue, err)
		}
		return nil
	}
}
