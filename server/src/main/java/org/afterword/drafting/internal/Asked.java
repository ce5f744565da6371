package org.afterword.drafting.internal;

import java.util.regex.Pattern;
import org.afterword.catalog.FormField;

/** What kind of answer a question wants. */
enum Asked {
    WHEN("\\bwhen\\b|\\bwhat (?:day|date)\\b|\\bwhich (?:day|date)\\b|\\bdates?\\b|\\bhow soon\\b"),
    TIME(
            "\\bwhen\\b|\\b(?:what|which) (?:\\w+ )?time\\b|\\btime (?:would|do|should|is|are|works)\\b|\\bat what\\b|\\bhow (?:late|early)\\b|\\bwhat hour\\b"),
    WHERE(
            "\\bwhere\\b|\\b(?:what|which) (?:\\w+ )?(?:city|town|area|place|location|destination|station|airport)\\b|\\bcity\\b|\\bdestination\\b|\\blocation\\b"),
    WHO("\\bwho(?:m|se)?\\b|\\bname\\b|\\bwhich (?:one|\\w+ (?:do|would) you)\\b"),
    HOW_MUCH("\\bhow much\\b|\\bamount\\b|\\bwhat (?:sum|price)\\b"),
    HOW_MANY("\\bhow many\\b|\\bnumber of\\b|\\bhow long\\b|\\bhow big\\b|\\bfor how\\b"),
    PHONE(
            "\\b(?:phone|telephone|cell|mobile|call ?back|contact) (?:number|no)\\b|\\bnumber (?:can|to) (?:we|i|reach|call)\\b|\\bnumber\\b"),
    EMAIL("\\be-?mail\\b"),
    ADDRESS("\\baddress\\b|\\bwhere do you live\\b|\\bzip\\b");

    private final Pattern pattern;

    Asked(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    static boolean wants(String question, FormField field) {
        return switch (field.type()) {
            case DATE -> WHEN.in(question);
            case TIME -> TIME.in(question);
            case PLACE -> WHERE.in(question);
            case NAME -> WHO.in(question);
            case AMOUNT -> HOW_MUCH.in(question);
            case NUMBER -> HOW_MANY.in(question);
            case PHONE -> PHONE.in(question);
            case EMAIL -> EMAIL.in(question);
            case ADDRESS -> ADDRESS.in(question);
            case CHOICE -> FormWords.isNumeric(field) && HOW_MANY.in(question);
            case TEXT, BOOLEAN -> false;
        };
    }

    private boolean in(String question) {
        return pattern.matcher(question).find();
    }
}
