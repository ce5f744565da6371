package org.afterword.governance.internal;

import java.util.List;

/**
 * Which digits can be the number of a payment card: the issuers' ranges (ISO/IEC 7812, as the schemes publish them) with the
 * lengths in use, and the check digit of Luhn (US patent 2950048, 1960).
 */
public final class CardNumbers {
    public static final int SHORTEST = 13;
    public static final int LONGEST = 19;

    /** Most have so many digits. */
    static final int USUAL = 16;

    private record Range(String from, String to, int shortest, int longest) {
        boolean holds(CharSequence digits) {
            return digits.length() >= shortest && digits.length() <= longest && matches(digits);
        }

        boolean canBegin(CharSequence digits) {
            return digits.length() < longest && matches(digits);
        }

        private boolean matches(CharSequence digits) {
            return compare(from, digits) <= 0 && compare(to, digits) >= 0;
        }

        /** As far as both go. */
        private static int compare(String bound, CharSequence digits) {
            int length = Math.min(bound.length(), digits.length());
            for (int i = 0; i < length; i++) {
                if (bound.charAt(i) != digits.charAt(i)) {
                    return bound.charAt(i) - digits.charAt(i);
                }
            }
            return 0;
        }
    }

    private static final List<Range> RANGES = List.of(
            new Range("4", "4", 13, 13), // Visa; longer ones below
            new Range("4", "4", 16, 16),
            new Range("4", "4", 19, 19),
            new Range("51", "55", 16, 16), // Mastercard
            new Range("2221", "2720", 16, 16),
            new Range("34", "34", 15, 15), // American Express
            new Range("37", "37", 15, 15),
            new Range("300", "305", 14, 19), // Diners Club
            new Range("3095", "3095", 14, 19),
            new Range("36", "36", 14, 19),
            new Range("38", "39", 14, 19),
            new Range("6011", "6011", 16, 19), // Discover
            new Range("644", "649", 16, 19),
            new Range("65", "65", 16, 19),
            new Range("3528", "3589", 16, 19), // JCB
            new Range("62", "62", 16, 19), // UnionPay
            new Range("81", "82", 16, 19), // UnionPay, RuPay
            new Range("60", "60", 16, 16), // RuPay, Hipercard
            new Range("50", "50", 13, 19), // Maestro, Verve, Elo
            new Range("56", "58", 13, 19), // Maestro
            new Range("63", "63", 13, 19),
            new Range("67", "67", 13, 19),
            new Range("2200", "2204", 16, 19), // Mir
            new Range("9792", "9792", 16, 16)); // Troy

    private CardNumbers() {}

    /** Whether the digits have an issuer, a length that it uses, and a right check digit. */
    public static boolean isOne(CharSequence digits) {
        return digits.length() >= SHORTEST
                && digits.length() <= LONGEST
                && passesLuhn(digits)
                && RANGES.stream().anyMatch(range -> range.holds(digits));
    }

    /** Whether more digits could make these a card number. */
    public static boolean canBegin(CharSequence digits) {
        for (Range range : RANGES) {
            if (range.canBegin(digits)) {
                return true;
            }
        }
        return false;
    }

    static boolean passesLuhn(CharSequence digits) {
        int sum = 0;
        for (int i = digits.length() - 1, place = 0; i >= 0; i--, place++) {
            int value = digits.charAt(i) - '0';
            if (place % 2 == 1) {
                value = value * 2 > 9 ? value * 2 - 9 : value * 2;
            }
            sum += value;
        }
        return sum % 10 == 0;
    }
}
