package org.afterword.e2e.faults;

/** Numbers as letters: digits that follow each other over turns and calls could look like those of a card. */
final class Words {
    private Words() {}

    static String of(int number) {
        var letters = new StringBuilder();
        for (char digit : Integer.toString(number).toCharArray()) {
            letters.append((char) ('a' + digit - '0'));
        }
        return letters.toString();
    }

    static String said(String call, int turn) {
        return "This is what was said in turn %s of %s.".formatted(of(turn), call);
    }
}
