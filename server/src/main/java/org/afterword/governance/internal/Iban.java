package org.afterword.governance.internal;

import java.util.Map;

/** International bank account numbers: a country, its length (SWIFT IBAN Registry, release 99), and mod 97 (ISO 13616, ISO 7064). */
final class Iban {
    private static final Map<String, Integer> LENGTHS = Map.ofEntries(
            Map.entry("AD", 24),
            Map.entry("AE", 23),
            Map.entry("AL", 28),
            Map.entry("AT", 20),
            Map.entry("AZ", 28),
            Map.entry("BA", 20),
            Map.entry("BE", 16),
            Map.entry("BG", 22),
            Map.entry("BH", 22),
            Map.entry("BI", 27),
            Map.entry("BR", 29),
            Map.entry("BY", 28),
            Map.entry("CH", 21),
            Map.entry("CR", 22),
            Map.entry("CY", 28),
            Map.entry("CZ", 24),
            Map.entry("DE", 22),
            Map.entry("DJ", 27),
            Map.entry("DK", 18),
            Map.entry("DO", 28),
            Map.entry("EE", 20),
            Map.entry("EG", 29),
            Map.entry("ES", 24),
            Map.entry("FI", 18),
            Map.entry("FK", 18),
            Map.entry("FO", 18),
            Map.entry("FR", 27),
            Map.entry("GB", 22),
            Map.entry("GE", 22),
            Map.entry("GI", 23),
            Map.entry("GL", 18),
            Map.entry("GR", 27),
            Map.entry("GT", 28),
            Map.entry("HN", 28),
            Map.entry("HR", 21),
            Map.entry("HU", 28),
            Map.entry("IE", 22),
            Map.entry("IL", 23),
            Map.entry("IQ", 23),
            Map.entry("IS", 26),
            Map.entry("IT", 27),
            Map.entry("JO", 30),
            Map.entry("KW", 30),
            Map.entry("KZ", 20),
            Map.entry("LB", 28),
            Map.entry("LC", 32),
            Map.entry("LI", 21),
            Map.entry("LT", 20),
            Map.entry("LU", 20),
            Map.entry("LV", 21),
            Map.entry("LY", 25),
            Map.entry("MC", 27),
            Map.entry("MD", 24),
            Map.entry("ME", 22),
            Map.entry("MK", 19),
            Map.entry("MN", 20),
            Map.entry("MR", 27),
            Map.entry("MT", 31),
            Map.entry("MU", 30),
            Map.entry("NI", 28),
            Map.entry("NL", 18),
            Map.entry("NO", 15),
            Map.entry("OM", 23),
            Map.entry("PK", 24),
            Map.entry("PL", 28),
            Map.entry("PS", 29),
            Map.entry("PT", 25),
            Map.entry("QA", 29),
            Map.entry("RO", 24),
            Map.entry("RS", 22),
            Map.entry("RU", 33),
            Map.entry("SA", 24),
            Map.entry("SC", 31),
            Map.entry("SD", 18),
            Map.entry("SE", 24),
            Map.entry("SI", 19),
            Map.entry("SK", 24),
            Map.entry("SM", 27),
            Map.entry("SO", 23),
            Map.entry("ST", 25),
            Map.entry("SV", 28),
            Map.entry("TL", 23),
            Map.entry("TN", 24),
            Map.entry("TR", 26),
            Map.entry("UA", 29),
            Map.entry("VA", 22),
            Map.entry("VG", 24),
            Map.entry("XK", 20),
            Map.entry("YE", 30));

    private Iban() {}

    /** How many letters and digits an account number of this country has; 0 if it has none. */
    static int length(String country) {
        return LENGTHS.getOrDefault(country, 0);
    }

    /** Where the account number ends that begins here, in one or in groups of four; −1 if none does. */
    static int endOfOneAt(String text, int start) {
        if (start + 2 > text.length()) {
            return -1;
        }
        int length = length(LetterIds.upper(text, start, start + 2));
        if (length == 0) {
            return -1;
        }
        var found = new StringBuilder(length);
        int at = start;
        while (found.length() < length && at < text.length()) {
            char c = text.charAt(at);
            if (LetterIds.isLetterOrDigit(c)) {
                found.append(LetterIds.upper(c));
            } else if (!LetterIds.isSeparator(c)
                    || found.length() % 4 != 0
                    || LetterIds.isSeparator(text.charAt(at - 1))) {
                return -1;
            }
            at++;
        }
        boolean over = at == text.length() || !LetterIds.isLetterOrDigit(text.charAt(at));
        return over && isOne(found) ? at : -1;
    }

    /** Whether it has its country's length and a right check, of two digits. In capitals, with nothing between. */
    static boolean isOne(CharSequence number) {
        if (number.length() < 5
                || length(number.subSequence(0, 2).toString()) != number.length()
                || LetterIds.isLetter(number.charAt(2))
                || LetterIds.isLetter(number.charAt(3))) {
            return false;
        }
        int remainder = 0;
        for (int i = 0; i < number.length(); i++) {
            int value = Character.digit(number.charAt((i + 4) % number.length()), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder == 1;
    }
}
