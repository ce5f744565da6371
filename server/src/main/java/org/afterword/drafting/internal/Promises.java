package org.afterword.drafting.internal;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.drafting.Claim;
import org.afterword.drafting.DraftInput.Turn;
import org.afterword.drafting.FollowUp;
import org.afterword.drafting.FollowUp.Kind;
import org.afterword.drafting.FollowUp.Owner;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Numbers;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.language.Token;
import org.jspecify.annotations.Nullable;

/**
 * What agent and customer promised for later. "I'll look that up" is no promise but the talk itself, and a promise that was
 * kept before the talk ended is none any more.
 */
final class Promises {
    private static final String LATER =
            "(?:send|e-?mail|mail|text|ship|forward|call|phone|ring|get back|reach out|contact|follow up|follow-up|be in touch|remind|investigate|"
                    + "look into|escalate|refund|credit|reimburse|arrange|notify|let you know|give you a (?:call|ring)|deliver|dispatch|process|"
                    + "have (?:\\w+ ){1,4}(?:call|contact|reach|email|send|visit|follow))";

    private static final Pattern BY_AGENT = Pattern.compile(
            "\\b(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to)(?: also| then| just| definitely| personally)* (?<act>"
                    + LATER + "\\b.*)"
                    + "|\\b(?<who>someone|somebody|they|(?:a|an|the|our|my) (?:\\w+ ){1,3}?)(?:'ll| will) (?<their>"
                    + "(?:call|contact|reach|visit|send|get back|follow up|e-?mail|be in touch)\\b.*)"
                    + "|\\byou(?:'ll| will) (?:also )?(?:receive|get|be (?:contacted|called|notified|refunded|reimbursed))\\b(?: \\S+){0,5} "
                    + "(?:e-?mail|text|message|call|letter|confirmation|notification|refund|credit|card|checks?|statement|copy|receipt|link|form|within|by|in)\\b.*");

    private static final Pattern BY_CUSTOMER =
            Pattern.compile("\\b(?:i|we)(?:'ll| will|'m going to| am going to)(?: also| then| just)* (?<act>"
                    + "(?:call (?:you |them )?(?:back|again|later|tomorrow)|call (?:on|in|next)|send|e-?mail|mail|bring|upload|fax|get back|check with|talk to|speak to|"
                    + "come (?:by|in|back)|stop by|drop (?:by|off|it)|let you know|pay|provide|fill)\\b.*)");

    private static final Pattern RIGHT_NOW = Pattern.compile(
            "\\b(?:right now|right away|now|just a (?:moment|second|sec)|one (?:moment|second)|in a (?:moment|second|minute)|while (?:you|i)|immediately)\\b");

    private static final Pattern PERIOD = Pattern.compile(
            "\\b(?:with)?in (?:the next |about |around )?(?:(?:a|one) (?:couple of |few )?)?(?<n>[a-z0-9]+(?: ?(?:-|to|or) ?[a-z0-9]+)?)? ?"
                    + "(?<unit>minutes?|hours?|(?:business|working|work) days?|days?|weeks?)\\b");
    private static final Pattern END_OF =
            Pattern.compile("\\bend of (?:the |this )?(?<unit>day|week|business|month)\\b");
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59);

    /** Things that are sent as papers. */
    private static final Pattern DOCUMENT = Pattern.compile(
            "\\b(?:forms?|documents?|statements?|letters?|contracts?|invoices?|receipts?|cop(?:y|ies)|paperwork|brochures?|checks?|checkbooks?|cards?|labels?|polic(?:y|ies)|certificates?)\\b");

    private final Situation situation;

    Promises(Situation situation) {
        this.situation = situation;
    }

    List<Claim<FollowUp>> followUps() {
        var followUps = new ArrayList<Claim<FollowUp>>();
        List<Line> lines = situation.talk().lines();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            Optional<FollowUp> promise = line.byAgent() ? byAgent(line) : byCustomer(line);
            List<Line> rest = lines.subList(i + 1, lines.size());
            if (promise.isPresent() && !isKept(line, rest)) {
                followUps.add(Claim.of(
                        "followUps/" + place(line),
                        promise.get(),
                        promise.get().dueAt() == null ? 0.7 : 0.85,
                        List.of(line.quote())));
            }
        }
        return List.copyOf(followUps);
    }

    /** Where a line stands: an id that the growing talk does not change. */
    static String place(Line line) {
        return line.turn().number() + "." + line.sentence().from();
    }

    private Optional<FollowUp> byAgent(Line line) {
        Matcher matcher = BY_AGENT.matcher(line.lowerText());
        boolean promised = matcher.find()
                && !line.sentence().isQuestion()
                && !isReadBack(line)
                && !RIGHT_NOW.matcher(matcher.group()).find();
        return promised ? followUp(line, Owner.AGENT) : Optional.empty();
    }

    private Optional<FollowUp> byCustomer(Line line) {
        Matcher matcher = BY_CUSTOMER.matcher(line.lowerText());
        boolean promised = matcher.find()
                && !line.sentence().isQuestion()
                && !situation.talk().answersDetail(line);
        return promised ? followUp(line, Owner.CUSTOMER) : Optional.empty();
    }

    /** "I will send $300 to Maria. Is that right?" reads back what was understood. */
    private boolean isReadBack(Line line) {
        return situation.talk().moves().stream()
                .filter(move -> move.lines().contains(line))
                .anyMatch(move -> move.has(Cue.READ_BACK));
    }

    private Optional<FollowUp> followUp(Line line, Owner owner) {
        return Retelling.ofPromise(line)
                .map(text -> new FollowUp(
                        text,
                        kind(line.text().toLowerCase(Locale.ROOT), owner),
                        owner,
                        dueAt(line).orElse(null)));
    }

    /** How a promise in these words, in lower case, is kept. */
    static Kind kind(String said, Owner owner) {
        if (said.matches("(?s).*\\be-?mail.*")) {
            return Kind.EMAIL;
        }
        if (said.matches("(?s).*\\b(?:text you|text message|sms|by text|via text|send you a text)\\b.*")) {
            return Kind.SMS;
        }
        if (said.matches("(?s).*\\bremind.*")) {
            return Kind.REMINDER;
        }
        if (said.matches(
                "(?s).*\\b(?:call|phone|ring|get back|reach|contact|be in touch|follow up|let you know)\\b.*")) {
            return owner == Owner.AGENT ? Kind.CALLBACK : Kind.TASK;
        }
        if (DOCUMENT.matcher(said).find()) {
            return Kind.DOCUMENT;
        }
        return said.matches("(?s).*\\b(?:refund|credit|reimburse|process|escalate|ship|deliver|dispatch)\\w*\\b.*")
                ? Kind.PROCESS
                : Kind.TASK;
    }

    /** Whether something later in the talk says that it was done, or an action did it. */
    private static boolean isKept(Line promise, List<Line> rest) {
        Set<String> stems = Stems.of(promise.tokens());
        return rest.stream()
                .filter(Line::byAgent)
                .filter(line -> line.has(Cue.DONE))
                .anyMatch(line ->
                        Stems.of(line.tokens()).stream().filter(stems::contains).count() >= 2);
    }

    /** Until when, if the line says so. */
    Optional<Instant> dueAt(Line line) {
        ZoneId zone = situation.input().zone();
        Turn turn = line.turn();
        Instant said = turn.time();
        LocalDate today = said == null
                ? situation.input().referenceDate()
                : said.atZone(zone).toLocalDate();
        Optional<LocalTime> time = first(line, Mention.Kind.TIME).map(m -> LocalTime.parse(m.value()));
        Optional<LocalDate> date = first(line, Mention.Kind.DATE).map(m -> LocalDate.parse(m.value()));
        if (date.isPresent() || time.isPresent()) {
            return Optional.of(date.orElse(today)
                    .atTime(time.orElse(END_OF_DAY))
                    .atZone(zone)
                    .toInstant());
        }
        String lower = line.lower();
        Matcher period = PERIOD.matcher(lower);
        if (period.find()) {
            return inPeriod(period, said, today, zone);
        }
        Matcher end = END_OF.matcher(lower);
        return end.find()
                ? Optional.of(endOf(end.group("unit"), today)
                        .atTime(END_OF_DAY)
                        .atZone(zone)
                        .toInstant())
                : Optional.empty();
    }

    private static Optional<Instant> inPeriod(Matcher period, @Nullable Instant said, LocalDate today, ZoneId zone) {
        String count = period.group("n") == null ? "one" : period.group("n");
        List<Token> tokens = Token.allIn(count);
        int n = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Numbers.Parsed number = Numbers.at(tokens, i);
            n = number == null ? n : Math.max(n, number.intValue());
        }
        if (n == 0 && count.equals("one")) {
            n = 1;
        }
        if (n == 0 || n > 365) {
            return Optional.empty();
        }
        String unit = period.group("unit");
        if (unit.startsWith("minute") || unit.startsWith("hour")) {
            int minutes = unit.startsWith("hour") ? 60 * n : n;
            return Optional.ofNullable(said).map(s -> s.plusSeconds(60L * minutes));
        }
        LocalDate due = unit.startsWith("week")
                ? today.plusWeeks(n)
                : unit.startsWith("day") ? today.plusDays(n) : workingDays(today, n);
        return Optional.of(due.atTime(END_OF_DAY).atZone(zone).toInstant());
    }

    private static LocalDate endOf(String unit, LocalDate today) {
        return switch (unit) {
            case "week" -> today.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY));
            case "month" -> today.with(TemporalAdjusters.lastDayOfMonth());
            default -> today;
        };
    }

    private static LocalDate workingDays(LocalDate from, int days) {
        LocalDate day = from;
        int left = days;
        while (left > 0) {
            day = day.plusDays(1);
            left -= day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue() ? 1 : 0;
        }
        return day;
    }

    private static Optional<Mention> first(Line line, Mention.Kind kind) {
        return line.mentions().stream().filter(m -> m.kind() == kind).findFirst();
    }
}
