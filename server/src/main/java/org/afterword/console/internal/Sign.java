package org.afterword.console.internal;

/** Where a value of the record comes from. The words stand in the sheet that opens on {@code ?}. */
public enum Sign {
    MACHINE(Icon.SIGN_MACHINE, "From the machine", "Drafted from what was said and done. Nobody has checked it yet."),
    TYPED(Icon.SIGN_TYPED, "Typed", "A person wrote it. The machine will not change it."),
    CONFIRMED(Icon.SIGN_CONFIRMED, "Confirmed", "A person confirmed the record with this value in it."),
    NO_EVIDENCE(Icon.SIGN_NO_EVIDENCE, "No evidence", "Drafted, but no words or actions were found that it rests on."),
    NOT_HEARD(Icon.SIGN_NOT_HEARD, "Not heard", "There are no words to draft it from. It is left for you.");

    private final Icon icon;
    private final String word;
    private final String meaning;

    Sign(Icon icon, String word, String meaning) {
        this.icon = icon;
        this.word = word;
        this.meaning = meaning;
    }

    public Icon icon() {
        return icon;
    }

    public String word() {
        return word;
    }

    public String meaning() {
        return meaning;
    }
}
