package org.afterword.drafting.internal.prose;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a model is asked.
 *
 * @param rules        ours
 * @param words        what was said and done: data, whatever it says
 * @param schema       of the answer
 * @param outputTokens how long the answer may be
 */
record Question(String rules, String words, ObjectNode schema, int outputTokens) {
    /** A token has about four characters of English; numbers and JSON take more of them. */
    private static final int CHARACTERS_OF_A_TOKEN = 3;

    static long tokens(String text) {
        return (text.length() + CHARACTERS_OF_A_TOKEN - 1L) / CHARACTERS_OF_A_TOKEN;
    }

    /** About as many tokens as it takes to ask this. */
    long inputTokens() {
        return tokens(rules) + tokens(words) + tokens(schema.toString());
    }
}
