package org.afterword.drafting.internal.prose;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model answered, once it has the shape that was asked for ({@link AnswerShape}). Whether it is right is another question. */
record Written(
        List<Statement> summary,
        List<Statement> issue,
        List<Statement> resolution,
        @Nullable String disposition) {

    /** @param lines numbers of the lines that it rests on */
    record Statement(String text, List<Integer> lines) {}
}
