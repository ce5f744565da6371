package org.afterword.drafting.internal.prose;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.afterword.drafting.Draft;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.internal.prose.AnswerShape.Fault;
import org.afterword.drafting.internal.prose.Writing.Outcome;
import org.afterword.platform.Meters;
import org.afterword.platform.Storable;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Asks a tenant's model for the prose of one contact, again where that is worth it, within one deadline, its budgets and its rest. */
final class Writer {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    private static final String CALLS = "afterword.language.model.calls";

    /** Of passing trouble. */
    private static final int REPEATS = 2;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    private final ModelClient client;
    private final Ledger ledger;
    private final Breaker breaker;
    private final Pauses pauses;
    private final RandomGenerator random;
    private final InstantSource clock;

    Writer(
            ModelClient client,
            Ledger ledger,
            Breaker breaker,
            Pauses pauses,
            RandomGenerator random,
            InstantSource clock) {
        this.client = client;
        this.ledger = ledger;
        this.breaker = breaker;
        this.pauses = pauses;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What came of it; {@link Outcome#USED} where there is something to judge.
     *
     * @param base the draft that there is: its dispositions are those to choose from
     */
    Writing write(TenantId tenant, LanguageModel model, DraftInput input, Draft base) {
        OutgoingContact contact = OutgoingContact.of(input, model.settings().namesMayLeave());
        Instant began = clock.instant();
        Optional<Instant> rests = breaker.restsUntil(tenant, model, began);
        if (rests.isPresent()) {
            return new Writing(
                    Outcome.RESTING,
                    "it did not work lately and is left alone until "
                            + rests.get().truncatedTo(ChronoUnit.SECONDS),
                    null,
                    contact,
                    0,
                    Spent.NOTHING);
        }
        Writing writing = new Round(tenant, model, input, dispositions(input, base), contact, began).write();
        if (writing.outcome() == Outcome.USED_UP) {
            breaker.usedUp(tenant, model, clock.instant());
        } else if (writing.outcome().isFailure()) {
            breaker.failed(tenant, model, clock.instant());
        } else if (writing.calls() > 0) {
            breaker.answered(tenant);
        }
        if (writing.outcome() == Outcome.USED_UP || writing.outcome() == Outcome.REJECTED) {
            log.warn("The language model of tenant {} writes nothing: {}", tenant, writing.reason());
        }
        return writing;
    }

    /** What the built-in draft thinks possible: which of a whole catalog fits, a model would have to guess. */
    private static List<String> dispositions(DraftInput input, Draft base) {
        Draft.Ranked ranked = base.disposition();
        return ranked == null || ranked.claim().value() == null
                ? List.of()
                : Stream.concat(
                                Stream.of(ranked.claim().value()),
                                ranked.alternatives().stream().map(Draft.Alternative::code))
                        .filter(code -> input.catalog().findDisposition(code).isPresent())
                        .distinct()
                        .toList();
    }

    /** One contact; what was tried before is known here. */
    private final class Round {
        private final TenantId tenant;
        private final LanguageModel model;
        private final DraftInput input;
        private final List<String> dispositions;
        private final Instant end;
        private OutgoingContact contact;
        private int outputTokens;
        private @Nullable String fault;
        private boolean isShortened;
        private boolean isLengthened;
        private int repeats;
        private int calls;
        private Spent spent = Spent.NOTHING;

        Round(
                TenantId tenant,
                LanguageModel model,
                DraftInput input,
                List<String> dispositions,
                OutgoingContact contact,
                Instant began) {
            this.tenant = tenant;
            this.model = model;
            this.input = input;
            this.dispositions = dispositions;
            this.contact = contact;
            this.end = began.plus(model.settings().deadline());
            this.outputTokens = model.settings().outputTokens();
        }

        Writing write() {
            @Nullable Writing writing = null;
            while (writing == null) {
                Duration left = Duration.between(clock.instant(), end);
                writing = left.toMillis() <= 0 ? slow() : call(left);
            }
            return writing;
        }

        /** Null where it is worth another call. */
        private @Nullable Writing call(Duration left) {
            var shape = new AnswerShape(dispositions, contact);
            var question = new Question(
                    Prompt.rules(fault),
                    Prompt.words(contact, input.catalog(), dispositions),
                    shape.schema(),
                    outputTokens);
            var most = new Spent(question.inputTokens(), outputTokens, left);
            Ledger.Booking booking = ledger.book(tenant, model.settings(), most);
            if (booking.refusal() != null) {
                return ended(Outcome.BUDGET, booking.refusal());
            }
            calls++;
            Instant asked = clock.instant();
            Reply reply = client.ask(model, question, left);
            Duration took = Duration.between(asked, clock.instant());
            Spent taken = taken(reply, most, took.isNegative() ? Duration.ZERO : took);
            ledger.settle(tenant, model.settings(), booking, taken);
            spent = spent.plus(taken);
            note(reply, taken);
            return after(reply, shape);
        }

        private Spent taken(Reply reply, Spent most, Duration took) {
            Reply.@Nullable Tokens told = reply.told();
            if (told != null) {
                return new Spent(told.input(), told.output(), took);
            }
            return switch (reply) {
                case Reply.Content(var json, var _) ->
                    new Spent(most.inputTokens(), Question.tokens(json.toString()), took);
                case Reply.Later _, Reply.Unreached _, Reply.OutOfQuota _, Reply.Rejected _, Reply.TooLong _ ->
                    new Spent(0, 0, took);
                default -> new Spent(most.inputTokens(), most.outputTokens(), took);
            };
        }

        private void note(Reply reply, Spent taken) {
            Meters.time(CALLS, taken.time(), "outcome", reply.code());
            Meters.count("afterword.language.model.tokens", tenant, taken.inputTokens(), "direction", "input");
            Meters.count("afterword.language.model.tokens", tenant, taken.outputTokens(), "direction", "output");
            Meters.count(
                    "afterword.language.model.money",
                    tenant,
                    model.settings().money(taken).doubleValue());
        }

        private @Nullable Writing after(Reply reply, AnswerShape shape) {
            return switch (reply) {
                case Reply.Content(var json, var _) -> read(json, shape);
                case Reply.Unusable(var wrong, var _) -> again(wrong);
                case Reply.CutOff _ -> longer();
                case Reply.TooLong _ -> shorter();
                case Reply.Refused(var reason, var _) -> ended(Outcome.REFUSED, reason);
                case Reply.Slow _ -> slow();
                case Reply.Later(var wait, var busy, var reason) ->
                    later(busy ? Outcome.BUSY : Outcome.FAILING, wait, reason);
                case Reply.Unreached(var reason) -> later(Outcome.UNREACHABLE, null, reason);
                case Reply.Lost(var reason) -> later(Outcome.UNREACHABLE, null, reason);
                case Reply.OutOfQuota() -> ended(Outcome.USED_UP, "its account is used up");
                case Reply.Rejected(var reason) -> ended(Outcome.REJECTED, reason);
            };
        }

        private @Nullable Writing read(JsonNode json, AnswerShape shape) {
            try {
                Storable.make(json);
                return new Writing(Outcome.USED, null, shape.read(json), contact, calls, spent);
            } catch (Fault e) {
                return again(e.fault());
            }
        }

        private @Nullable Writing again(String wrong) {
            if (fault != null) {
                return ended(Outcome.INVALID, "its answer could not be used: " + wrong);
            }
            fault = wrong;
            return null;
        }

        private @Nullable Writing longer() {
            if (isLengthened) {
                return ended(Outcome.CUT_OFF, "its answer was cut off, twice");
            }
            isLengthened = true;
            outputTokens *= 2;
            return null;
        }

        private @Nullable Writing shorter() {
            if (isShortened) {
                return ended(Outcome.TOO_LONG, "the contact is longer than it can read");
            }
            isShortened = true;
            contact = contact.shortened();
            return null;
        }

        /** @param wait what the other side asked for; null if it asked for nothing */
        private @Nullable Writing later(Outcome outcome, @Nullable Duration wait, String reason) {
            if (repeats == REPEATS) {
                return ended(outcome, reason);
            }
            Duration pause = wait == null ? backOff(repeats) : wait;
            if (!clock.instant().plus(pause).isBefore(end)) {
                return ended(
                        outcome,
                        wait == null ? reason : "%s and asks to wait for %d s".formatted(reason, pause.toSeconds()));
            }
            repeats++;
            pauses.pause(pause);
            return null;
        }

        private Writing slow() {
            return ended(
                    Outcome.SLOW,
                    "it did not answer within %d s".formatted(model.settings().deadlineSeconds()));
        }

        private Writing ended(Outcome outcome, String reason) {
            return new Writing(outcome, reason, null, contact, calls, spent);
        }
    }

    /** Doubles with each, less up to a quarter, so that calls which failed together do not come back together. */
    private Duration backOff(int repeats) {
        Duration limit = FIRST_PAUSE.multipliedBy(1L << repeats);
        long millis = Math.min(limit.toMillis(), LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(millis - random.nextLong(millis / 4 + 1));
    }
}
