package org.afterword.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as Markdown, and their place in a document. */
final class Report {
    private static final String BEGIN = "<!-- figures: written by benchmarks/run -->";
    private static final String END = "<!-- end of figures -->";

    private final List<String> lines = new ArrayList<>();

    Report heading(String text) {
        lines.add("");
        lines.add("### " + text);
        lines.add("");
        return this;
    }

    /** A first row of a table. */
    Report columns(String... names) {
        row(names);
        lines.add("|" + " --- |".repeat(names.length));
        return this;
    }

    Report row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
        return this;
    }

    Report text(String text) {
        lines.add("");
        lines.add(text);
        return this;
    }

    static String number(double number) {
        return String.format(Locale.ROOT, number < 100 ? "%,.1f" : "%,.0f", number);
    }

    static String mebibytes(long kibibytes) {
        return String.format(Locale.ROOT, "%,d MiB", Math.round(kibibytes / 1024.0));
    }

    /** The document with these figures in place of those between its markers. */
    String into(String document) {
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the document lacks the lines '%s' and '%s'".formatted(BEGIN, END));
        }
        return document.substring(0, begin + BEGIN.length()) + "\n" + this + "\n" + document.substring(end);
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
