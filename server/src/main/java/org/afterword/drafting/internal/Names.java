package org.afterword.drafting.internal;

import java.util.Locale;

/** Technical names ({@code TransferMoney}, {@code account_type}) as the words they are made of. */
final class Names {
    private Names() {}

    /** {@code TransferMoney} → {@code transfer money}. */
    static String words(String name) {
        return name.replaceAll("(?<=[\\p{Ll}\\d])(?=\\p{Lu})", " ")
                .replaceAll("[_.:\\-\\s]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** {@code TransferMoney} → {@code Transfer money}. */
    static String sentence(String name) {
        String words = words(name);
        return words.isEmpty() ? name : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
