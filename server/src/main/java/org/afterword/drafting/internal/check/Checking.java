package org.afterword.drafting.internal.check;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.StatementCheck.Finding;
import org.afterword.drafting.StatementCheck.Part;
import org.afterword.drafting.StatementCheck.Verdict;
import org.afterword.drafting.internal.Grounds;
import org.afterword.drafting.internal.Names;
import org.afterword.drafting.internal.check.Facts.Source;
import org.afterword.drafting.internal.language.Languages;
import org.afterword.drafting.internal.language.Sentence;
import org.afterword.drafting.internal.language.Token;
import org.jspecify.annotations.Nullable;

/** Everything that was said and done in one contact, to hold statements against. */
public final class Checking {
    private static final int MOST_STATEMENTS = 60;

    private final Facts facts;
    private final Support support;
    private final LocalDate day;
    private final @Nullable String obstacle;

    private Checking(Facts facts, Support support, LocalDate day, @Nullable String obstacle) {
        this.facts = facts;
        this.support = support;
        this.day = day;
        this.obstacle = obstacle;
    }

    public static Checking of(DraftInput input, Embedder embedder) {
        var sources = new ArrayList<Source>();
        var talk = new HashMap<Integer, String>();
        for (Turn turn : input.turns()) {
            if (!turn.text().isBlank()) {
                LocalDate day = turn.time() == null
                        ? input.referenceDate()
                        : turn.time().atZone(input.zone()).toLocalDate();
                sources.add(new Source(turn.text(), day));
                talk.put(turn.number(), turn.text());
            }
        }
        String obstacle = obstacle(input);
        List<String> known = known(input);
        known.forEach(text -> sources.add(new Source(text, input.referenceDate())));
        List<Passage> passages = new ArrayList<>(Passage.ofTalk(talk));
        known.forEach(text -> passages.add(Passage.ofFact(text)));
        // nothing is asked of meanings where nothing can be checked
        return new Checking(
                new Facts(sources, Grounds.labels(input.catalog())),
                new Support(obstacle == null ? passages : List.of(), embedder),
                input.referenceDate(),
                obstacle);
    }

    /** Why nothing can be checked, or null. */
    public @Nullable String obstacle() {
        return obstacle;
    }

    public List<Finding> of(String text) {
        return statements(text).map(this::finding).toList();
    }

    public List<Part> missing(String text) {
        return statements(text).flatMap(this::missing).toList();
    }

    private Stream<Sentence> statements(String text) {
        return obstacle != null
                ? Stream.empty()
                : Sentence.allIn(text).stream()
                        .limit(MOST_STATEMENTS)
                        .filter(sentence -> sentence.tokens().stream().anyMatch(Token::isWord));
    }

    private Stream<Part> missing(Sentence sentence) {
        return facts.missing(sentence.text(), day).stream()
                .map(fact -> part(
                        sentence, fact.kind().name().toLowerCase(Locale.ROOT), fact.text(), fact.from(), fact.to()));
    }

    /** How likely nothing bears the statement out, 0 to 1. */
    double doubt(String statement) {
        return SupportModel.get().doubt(measures(statement));
    }

    double[] measures(String statement) {
        return support.measures(statement, facts.missing(statement, day));
    }

    private Finding finding(Sentence sentence) {
        String statement = sentence.text();
        if (facts.isVerbatim(statement)) {
            return found(sentence, Verdict.SUPPORTED, List.of(), 0);
        }
        List<Part> opinions = Judgments.in(statement).stream()
                .filter(judgment -> !facts.isVerbatim(judgment.text()))
                .map(judgment -> part(sentence, "opinion", judgment.text(), judgment.from(), judgment.to()))
                .toList();
        List<Fact> missing = facts.missing(statement, day);
        double doubt =
                Support.saysNothing(statement) ? 0 : SupportModel.get().doubt(support.measures(statement, missing));
        if (!opinions.isEmpty()) {
            return found(sentence, Verdict.OPINION, opinions, doubt);
        }
        boolean unsupported = !missing.isEmpty() || doubt >= SupportModel.get().marked();
        return found(
                sentence,
                unsupported ? Verdict.UNSUPPORTED : Verdict.SUPPORTED,
                missing(sentence).toList(),
                doubt);
    }

    private Finding found(Sentence sentence, Verdict verdict, List<Part> parts, double doubt) {
        int from = sentence.from();
        return new Finding(
                from, from + sentence.text().length(), verdict, parts, doubt, support.turns(sentence.text()));
    }

    private static Part part(Sentence sentence, String kind, String text, int from, int to) {
        return new Part(kind, text, sentence.from() + from, sentence.from() + to);
    }

    private static @Nullable String obstacle(DraftInput input) {
        if (!input.heard()) {
            return "noWords";
        }
        Map<Integer, String> languages = Languages.of(input.turns());
        boolean understood = input.turns().stream()
                .filter(turn -> turn.speaker() != Speaker.SYSTEM)
                .anyMatch(turn -> Languages.isUnderstood(languages.get(turn.number())));
        return understood ? null : "language";
    }

    /** What nobody needs to say: what was done, and what is known of the contact. */
    private static List<String> known(DraftInput input) {
        DraftInput.Contact contact = input.contact();
        var known = new ArrayList<String>();
        for (DesktopAction action : input.actions()) {
            known.add(Stream.of(
                            Stream.of(Names.words(action.name())),
                            action.parameters().entrySet().stream()
                                    .flatMap(entry -> Stream.of(Names.words(entry.getKey()), entry.getValue())),
                            action.result().entrySet().stream()
                                    .flatMap(entry -> Stream.of(Names.words(entry.getKey()), entry.getValue())))
                    .flatMap(texts -> texts)
                    .map(Checking::bounded)
                    .reduce((one, other) -> one + " ; " + other)
                    .orElse(""));
        }
        Stream.of(contact.customerName(), contact.customerId(), contact.queue(), contact.campaign(), contact.callType())
                .filter(Objects::nonNull)
                .map(value -> Names.words(value) + " ; " + value)
                .forEach(known::add);
        return known;
    }

    private static String bounded(String value) {
        return value.length() > Facts.LONGEST_VALUE ? value.substring(0, Facts.LONGEST_VALUE) : value;
    }
}
