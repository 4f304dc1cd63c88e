// Package script folds, skeletons, order and direction of Urdu and Roman text.
//
// Everything here is a pure function of its argument. Stored text is never
// changed by it: folds are keys by which text is found and matched. There are
// four levels, each wider than the one before:
//
//   - the letters as [Words] gives them, already folded by [Safe]: what a
//     reader calls the same word, however it was typed or encoded;
//   - [Loose]: forms that are easily confused or written in more than one way.
//     It makes candidates only, for it changes words (آم becomes ام);
//   - [Skeleton]: the consonants, from either script, so that a title written
//     in Roman letters and the same title in Urdu letters meet;
//   - [Key]: not for finding but for order, that of the Urdu alphabet.
package script
