package org.afterword.drafting.internal;

import java.util.Locale;
import java.util.regex.Pattern;

/** Technical names ({@code TransferMoney}, {@code account_type}) as the words they are made of. */
public final class Names {
    private static final Pattern CASE_CHANGE = Pattern.compile("(?<=[\\p{Ll}\\d])(?=\\p{Lu})");
    private static final Pattern SEPARATORS = Pattern.compile("[_.:\\-\\s]+");

    private Names() {}

    /** {@code TransferMoney} → {@code transfer money}. */
    public static String words(String name) {
        String apart = CASE_CHANGE.matcher(name).replaceAll(" ");
        return SEPARATORS.matcher(apart).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    /** {@code TransferMoney} → {@code Transfer money}. */
    static String sentence(String name) {
        String words = words(name);
        return words.isEmpty() ? name : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
