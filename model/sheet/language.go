package sheet

import "strings"

// languageCode returns the MARC code of a language by code or name.
func languageCode(v string) string {
	key := strings.ToLower(v)
	if i := strings.IndexAny(key, "-_"); i == 2 || i == 3 { // en-US
		key = key[:i]
	}
	switch key {
	case "ur", "urd", "urdu", "اردو":
		return "urd"
	case "en", "eng", "english", "انگریزی", "انگلش":
		return "eng"
	case "ar", "ara", "arabic", "عربی":
		return "ara"
	case "fa", "fas", "per", "persian", "farsi", "فارسی":
		return "per"
	case "pa", "pan", "pnb", "punjabi", "panjabi", "پنجابی":
		return "pan"
	case "sd", "snd", "sindhi", "سندھی":
		return "snd"
	case "ps", "pus", "pushto", "pashto", "پشتو":
		return "pus"
	case "bal", "balochi", "baluchi", "بلوچی":
		return "bal"
	case "skr", "saraiki", "seraiki", "siraiki", "lah", "lahnda", "سرائیکی":
		return "lah"
	case "bft", "balti", "بلتی", "sit":
		return "sit"
	case "scl", "shina", "شینا", "khw", "khowar", "کھوار", "dar":
		return "dar"
	case "brh", "brahui", "براہوی":
		return "dra"
	case "ks", "kas", "kashmiri", "کشمیری":
		return "kas"
	case "hi", "hin", "hindi", "ہندی":
		return "hin"
	case "tr", "tur", "turkish":
		return "tur"
	case "fr", "fra", "fre", "french":
		return "fre"
	case "de", "deu", "ger", "german":
		return "ger"
	case "nl", "dut", "nld":
		return "dut"
	case "es", "spanish":
		return "spa"
	case "it", "italian":
		return "ita"
	case "ru", "russian":
		return "rus"
	case "zh", "zho", "chi", "chinese":
		return "chi"
	case "mul":
		return "mul"
	}
	// The other two-letter codes that libraries here may meet (ISO 639-1, then
	// the MARC code).
	const others = "az aze bn ben bo tib ca cat cs cze cy wel da dan el gre eo epo et est eu baq fi fin fy fry ga gle gl glg gu guj he heb hr hrv " +
		"hu hun hy arm id ind is ice ja jpn kk kaz ko kor ku kur ky kir la lat lt lit lv lav ml mal mn mon mr mar ms may ne nep no nor " +
		"pl pol pt por ro rum sa san si sin sk slo sl slv so som sq alb sr srp sv swe sw swa ta tam te tel tg tgk tk tuk tl tgl ug uig uk ukr uz uzb vi vie"
	if len(key) == 2 {
		if i := strings.Index(" "+others, " "+key+" "); i >= 0 {
			return others[i+3 : i+6]
		}
	}
	if len(key) == 3 && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz") == "" {
		return key
	}
	return ""
}
