package org.afterword.drafting.internal.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Claim.Check;
import org.afterword.drafting.Draft;
import org.afterword.drafting.Draft.Statements;
import org.afterword.drafting.DraftCheck;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.Grounds;
import org.afterword.drafting.internal.Names;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Token;
import org.afterword.drafting.internal.prose.Written.Statement;
import org.afterword.governance.Redactor;
import org.jspecify.annotations.Nullable;

/**
 * What of a model's prose stands. It passes {@link DraftCheck} as every draft does, and beyond that what only a model that was led
 * astray would write is struck:
 *
 * <ul>
 *   <li>a link, or anything that some other program could take for markup,
 *   <li>what rests on the customer's words alone, unless it is told as something that the customer said or wanted: a customer proves
 *       nothing about what was done for them,
 *   <li>what was done about it, unless it rests on what the agent said or did,
 *   <li>what was decided or given (approved, refunded, waived), unless that very word was said there,
 *   <li>more than one sentence.
 * </ul>
 *
 * A statement with a clause that shares hardly a word with what it rests on is unsupported. This is about prose alone: codes, fields, follow-ups and
 * ticks are always those of the built-in draft.
 */
final class Judgment {
    /** No model was measured yet: as sure as not. */
    private static final double CONFIDENCE = 0.5;

    private static final int SUMMARY_WORDS = 35;

    private static final Pattern MARKUP =
            Pattern.compile("[<>{}`|\\\\\\p{Cntrl}]|\\]\\(|://|(?i)\\b(?:www\\.|javascript:|data:|mailto:)");
    private static final Pattern DOMAIN = Pattern.compile("(?i)\\b[a-z0-9-]+\\.[a-z]{2,}\\b");
    /** Texts of a record, in the order in which a model is asked for them. */
    record Prose(Statements summary, Statements issue, Statements resolutionText) {
        /** How many of the statements the check found to be so. */
        long count(Check check) {
            return all().filter(claim -> claim.check() == check).count();
        }

        private Stream<Claim<String>> all() {
            return Stream.of(summary, issue, resolutionText).flatMap(texts -> texts.statements().stream());
        }
    }

    /**
     * @param written what the model wrote, each statement with its check
     * @param shown   the base with what stands of it; null where nothing does
     * @param parts   of the record that are the model's in {@code shown}
     */
    record Judged(Prose written, @Nullable Draft shown, Set<String> parts) {}

    private final DraftInput input;
    private final OutgoingContact contact;
    private final Redactor redactor;
    private final Grounds grounds;

    Judgment(DraftInput input, OutgoingContact contact, Redactor redactor) {
        this.input = input;
        this.contact = contact;
        this.redactor = redactor;
        this.grounds = new Grounds(input);
    }

    /** @param version how drafts name the model */
    Judged of(Written answer, Draft base, String version) {
        Draft checked = new DraftCheck(input)
                .check(base.withTexts(
                        ModelDrafts.SOURCE,
                        version,
                        claims("summary", answer.summary()),
                        claims("issue", answer.issue()),
                        claims("resolutionText", answer.resolution())));
        var written = new Prose(
                judged(checked.summary(), answer.summary(), false),
                judged(checked.issue(), answer.issue(), false),
                judged(checked.resolutionText(), answer.resolution(), true));
        var parts = new TreeSet<String>();
        Draft shown = base.withTexts(
                ModelDrafts.SOURCE,
                version,
                better("summary", written.summary(), cutToLength(standing(written.summary())), base.summary(), parts),
                better("issue", written.issue(), standing(written.issue()), base.issue(), parts),
                better(
                        "resolutionText",
                        written.resolutionText(),
                        standing(written.resolutionText()),
                        base.resolutionText(),
                        parts));
        return new Judged(written, parts.isEmpty() ? null : shown, parts);
    }

    private Statements claims(String part, List<Statement> statements) {
        var claims = new ArrayList<Claim<String>>();
        for (Statement statement : statements) {
            String text = redactor.redact(restored(statement));
            claims.add(
                    Claim.of(part + "/" + (claims.size() + 1), text, CONFIDENCE, contact.evidence(statement.lines())));
        }
        return new Statements(claims);
    }

    private Statements judged(Statements checked, List<Statement> statements, boolean aboutAgent) {
        var judged = new ArrayList<Claim<String>>();
        for (int i = 0; i < statements.size(); i++) {
            Claim<String> claim = checked.statements().get(i);
            judged.add(claim.withCheck(check(claim, statements.get(i), aboutAgent)));
        }
        return new Statements(judged);
    }

    private String restored(Statement statement) {
        return contact.restored(statement.text()).orElse(statement.text());
    }

    /** A number that had to be masked was never sent: the model made it up, as it did a stand-in that stands for nothing. */
    private Check check(Claim<String> claim, Statement statement, boolean aboutAgent) {
        String text = Objects.requireNonNull(claim.value());
        boolean isInvented = contact.restored(statement.text()).isEmpty() || !text.equals(restored(statement));
        if (isInvented || isMarkup(text) || !Telling.isOneSentence(text)) {
            return Check.STRUCK;
        }
        if (claim.check() != Check.SUPPORTED) {
            return claim.check();
        }
        List<Evidence> agents = contact.evidenceOfAgent(statement.lines());
        boolean ofCustomer = !aboutAgent && agents.size() < claim.evidence().size() && Telling.isOfCustomer(text);
        List<String> evidence = texts(claim.evidence());
        if (ofCustomer ? !Telling.deedsAreIn(evidence, text) : !isProvedBy(agents, text)) {
            return Check.STRUCK;
        }
        boolean shared =
                Telling.sharesWordsWith(evidence, text) && (ofCustomer || Telling.touches(texts(agents), text));
        return shared ? Check.SUPPORTED : Check.UNSUPPORTED;
    }

    /** What was decided or given, and by how much or when, has to be the agent's; names may be the customer's, so capitals do not count. */
    private boolean isProvedBy(List<Evidence> agents, String text) {
        return grounds.text(text.toLowerCase(Locale.ROOT), agents) == Check.SUPPORTED
                && Telling.deedsAreIn(texts(agents), text);
    }

    private List<String> texts(List<Evidence> evidence) {
        return evidence.stream().map(this::textOf).toList();
    }

    private boolean isMarkup(String text) {
        List<Mention> addresses = Mentions.in(text, input.referenceDate()).stream()
                .filter(mention -> mention.kind() == Mention.Kind.EMAIL)
                .toList();
        return MARKUP.matcher(text).find()
                || DOMAIN.matcher(text)
                        .results()
                        .anyMatch(domain -> addresses.stream()
                                .noneMatch(mail -> mail.from() <= domain.start() && domain.end() <= mail.to()));
    }

    private String textOf(Evidence evidence) {
        return switch (evidence) {
            case Evidence.Quote quote -> quote.quote();
            case Evidence.Note note -> note.quote();
            case Evidence.Action done ->
                input.actions().stream()
                        .filter(action -> action.id().equals(done.actionId()))
                        .map(action -> String.join(
                                " ; ",
                                Names.words(action.name()),
                                String.join(" ; ", action.parameters().values()),
                                String.join(" ; ", action.result().values())))
                        .findFirst()
                        .orElse("");
        };
    }

    private static Statements standing(Statements statements) {
        return new Statements(statements.statements().stream()
                .filter(claim -> claim.check() == Check.SUPPORTED)
                .toList());
    }

    /** As many of the first statements as a summary may have words. */
    private static Statements cutToLength(Statements summary) {
        var kept = new ArrayList<Claim<String>>();
        int words = 0;
        for (Claim<String> claim : summary.statements()) {
            words += (int) Token.allIn(Objects.requireNonNull(claim.value())).stream()
                    .filter(token -> token.isWord() || token.isNumeric())
                    .count();
            if (words > SUMMARY_WORDS) {
                break;
            }
            kept.add(claim);
        }
        return new Statements(kept);
    }

    /** The model's, if any of it stands: that, and what is unsupported beside it, for policies that want it marked. */
    private static Statements better(
            String part, Statements written, Statements standing, Statements builtIn, Set<String> parts) {
        if (standing.statements().isEmpty()) {
            return builtIn;
        }
        parts.add(part);
        return new Statements(written.statements().stream()
                .filter(claim -> claim.check() == Check.UNSUPPORTED
                        || standing.statements().contains(claim))
                .toList());
    }
}
