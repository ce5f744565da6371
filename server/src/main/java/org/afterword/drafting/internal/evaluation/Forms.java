package org.afterword.drafting.internal.evaluation;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Token;

/** Whether a value is one of the forms in which it may stand, once dates, times and numbers of both are resolved. */
final class Forms {
    private Forms() {}

    static boolean hold(Collection<String> forms, String value, LocalDate day) {
        String normal = normal(value, day);
        return forms.stream().anyMatch(form -> normal(form, day).equals(normal));
    }

    private static String normal(String text, LocalDate day) {
        List<Mention> mentions = Mentions.in(text, day);
        boolean typed = mentions.size() == 1
                && mentions.getFirst().to() - mentions.getFirst().from()
                        >= text.strip().length() - 1;
        return typed
                ? mentions.getFirst().value().replaceAll("[$€£,]", "")
                : Token.allIn(text).stream().map(Token::lower).collect(Collectors.joining(" "));
    }
}
