package org.afterword.speech.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.Conversations.Course;
import org.afterword.conversation.Recordings;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.LogContext;
import org.afterword.platform.LowPriority;
import org.afterword.platform.Meters;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Traces;
import org.afterword.speech.Transcription.State;
import org.afterword.speech.internal.Hearing.Heard;
import org.afterword.speech.internal.TranscriptionRepository.Others;
import org.afterword.speech.internal.TranscriptionRepository.Progress;
import org.afterword.speech.internal.TranscriptionRepository.Work;
import org.afterword.speech.internal.audio.Audio;
import org.afterword.speech.internal.audio.AudioFault;
import org.afterword.speech.internal.audio.Frames;
import org.afterword.speech.internal.voice.Quiet;
import org.afterword.speech.internal.voice.Stretch;
import org.afterword.speech.internal.voice.Stretches;
import org.afterword.speech.internal.voice.VoiceDetector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with recordings, stretch by stretch: finds who speaks when, has it recognized, hands the words in as events, and notes how far it
 * came, so that whatever interrupts it costs a stretch at most. A stretch that is done twice gives the same turns, and they count once.
 */
final class TranscriptionWork implements DueWorkHandler {
    private static final Logger log = LoggerFactory.getLogger(TranscriptionWork.class);

    /** After that long others have their turn. */
    static final Duration SHIFT = Duration.ofMinutes(1);

    /** A file that does not state its length is whole once it has not grown for that long: recorders write more often. */
    static final Duration TIME_TO_GROW = Duration.ofSeconds(30);

    /** Numbers of turns that each recording of a contact has for itself; the first has the numbers from 0 on. */
    static final int TURNS_EACH = 100_000;

    static final int MOST_RECORDINGS = 10;

    /** What came of a shift. */
    private sealed interface Outcome {
        record Finished(long frames, Quiet quiet) implements Outcome {}

        record TimeForOthers() implements Outcome {}

        /** All that there is was heard; whether more is going to be written, the file does not tell. */
        record PerhapsMore() implements Outcome {}

        /** Somebody else has gone on with it. */
        record Overtaken() implements Outcome {}

        /** @param after as the recognizer wants it; null = as {@link Retries} have it */
        record Hindered(@Nullable Duration after, String reason) implements Outcome {}

        record Hopeless(String reason) implements Outcome {}
    }

    private final TranscriptionRepository repository;
    private final Recordings recordings;
    private final Conversations conversations;
    private final Optional<Hearing> hearing;
    private final VoiceDetector detector;
    private final Tenancy tenancy;
    private final DueWork dueWork;
    private final LowPriority threads;
    private final Retries retries;
    private final Duration longest;
    private final int workers;
    private final InstantSource clock;

    /** @param hearing empty where no recognizer is configured */
    TranscriptionWork(
            TranscriptionRepository repository,
            Recordings recordings,
            Conversations conversations,
            Optional<Hearing> hearing,
            VoiceDetector detector,
            Tenancy tenancy,
            DueWork dueWork,
            LowPriority threads,
            Retries retries,
            SpeechSettings settings,
            InstantSource clock) {
        this.repository = repository;
        this.recordings = recordings;
        this.conversations = conversations;
        this.hearing = hearing;
        this.detector = detector;
        this.tenancy = tenancy;
        this.dueWork = dueWork;
        this.threads = threads;
        this.retries = retries;
        this.longest = settings.longestRecording();
        this.workers = settings.workers();
        this.clock = clock;
    }

    @Override
    public String kind() {
        return TranscriptionRepository.DUE_WORK;
    }

    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public int concurrency() {
        return workers;
    }

    /** A shift, and a stretch that a slow recognizer makes long. */
    @Override
    public Duration lease() {
        return Duration.ofMinutes(15);
    }

    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        for (DueWork.Item item : items) {
            tenancy.in(tenant, () -> begin(item)).ifPresent(begun -> {
                try (var _ = LogContext.with(LogContext.Id.TENANT, tenant.value())
                        .and(LogContext.Id.INTERACTION, begun.work.interaction().value())) {
                    var shift = new Shift(tenant, begun);
                    Outcome outcome = Traces.in("transcription", shift::work);
                    tenancy.run(tenant, () -> settle(item, shift, outcome));
                }
            });
        }
    }

    /** A recording whose work is begun. {@code startedAt} is when its contact began, as far as that is known. */
    private record Begun(Work work, int firstTurn, Instant startedAt, Hearing hearing) {}

    /** Nothing if there is nothing to do; then the item is done with. */
    private Optional<Begun> begin(DueWork.Item item) {
        Work work = repository.load(item.id()).orElse(null);
        if (work == null || work.state() != State.WAITING && work.state() != State.RUNNING) {
            dueWork.done(item);
            return Optional.empty();
        }
        if (hearing.isEmpty()) {
            end(item, work, State.UNCONFIGURED, "no recognizer is configured any more");
            return Optional.empty();
        }
        tenancy.lock("transcription", List.of(work.interaction().value()));
        Course course = conversations.course(work.interaction()).orElse(new Course(null, false));
        Integer firstTurn = work.firstTurn();
        if (firstTurn == null) {
            Others others = repository.others(work.id());
            String objection = objection(course, others);
            if (objection != null) {
                end(item, work, State.SKIPPED, objection);
                return Optional.empty();
            }
            Integer last = others.lastFirstTurn();
            firstTurn = last == null ? 0 : last + TURNS_EACH;
        }
        repository.begin(work.id(), firstTurn);
        Instant startedAt = course.startedAt() == null ? work.recordedAt() : course.startedAt();
        return Optional.of(new Begun(work, firstTurn, startedAt, hearing.get()));
    }

    private static @Nullable String objection(Course course, Others others) {
        if (others.sameFile()) {
            return "the same file has been told of before";
        }
        if (others.begun() == 0 && course.hasWords()) {
            return "somebody else has told what was said";
        }
        return others.begun() < MOST_RECORDINGS
                ? null
                : "the contact has %d recordings already".formatted(MOST_RECORDINGS);
    }

    private void settle(DueWork.Item item, Shift shift, Outcome outcome) {
        Instant now = clock.instant();
        Work work = shift.begun.work;
        switch (outcome) {
            case Outcome.Finished(var frames, var quiet) -> {
                repository.finish(work.id(), frames, quiet, now);
                dueWork.done(item);
            }
            case Outcome.TimeForOthers() -> dueWork.later(item, now);
            case Outcome.PerhapsMore() -> dueWork.later(item, now.plus(TIME_TO_GROW));
            // the item is the other's by now
            case Outcome.Overtaken() -> {}
            case Outcome.Hindered(var after, var reason) -> {
                int failures = shift.failuresBefore + 1;
                if (failures >= Retries.MOST_FAILURES) {
                    fail(item, work, "%s; given up after %d attempts".formatted(reason, failures), failures);
                } else {
                    Duration pause = retries.pause(failures);
                    // who says "in a second" ten times would be given up on within a minute
                    Instant next = now.plus(after == null || after.compareTo(pause) < 0 ? pause : after);
                    repository.tryLater(work.id(), reason, failures, next);
                    dueWork.later(item, next);
                }
            }
            case Outcome.Hopeless(var reason) -> fail(item, work, reason, shift.failuresBefore + 1);
        }
    }

    private void fail(DueWork.Item item, Work work, String reason, int failures) {
        log.warn("Transcription {} failed: {}", work.id(), reason);
        repository.end(work.id(), State.FAILED, reason, failures, clock.instant());
        dueWork.done(item);
    }

    private void end(DueWork.Item item, Work work, State state, String reason) {
        repository.end(work.id(), state, reason, work.failures(), clock.instant());
        dueWork.done(item);
    }

    /** Some stretches of one recording in a row. */
    private final class Shift {
        private final TenantId tenant;
        private final Begun begun;
        private int failuresBefore;
        private long done;
        private int utterances;
        private Quiet quiet;

        Shift(TenantId tenant, Begun begun) {
            this.tenant = tenant;
            this.begun = begun;
            this.failuresBefore = begun.work.failures();
            this.done = begun.work.doneFrames();
            this.utterances = begun.work.utterances();
            this.quiet = begun.work.quiet();
        }

        Outcome work() {
            try (InputStream file = recordings.open(tenant, begun.work.file());
                    Audio audio = Audio.open(file)) {
                return hear(audio);
            } catch (NoSuchFileException e) {
                return new Outcome.Hindered(null, "the file is not in the folder of recordings");
            } catch (AudioFault e) {
                return e.mayGrow() ? new Outcome.Hindered(null, e.reason()) : new Outcome.Hopeless(e.reason());
            } catch (IOException e) {
                log.warn("Recording of transcription {} cannot be read", begun.work.id(), e);
                return new Outcome.Hindered(
                        null, "the file cannot be read: " + e.getClass().getSimpleName());
            }
        }

        private Outcome hear(Audio audio) throws IOException {
            if (audio.seconds() != null && isTooLong(audio.seconds())) {
                return tooLong();
            }
            var stretches = new Stretches(new Frames(audio, done), done, detector);
            Instant until = clock.instant().plus(SHIFT);
            while (true) {
                Stretch stretch = next(stretches);
                if (stretch == null) {
                    boolean grew = done > begun.work.doneFrames();
                    return audio.seconds() == null && grew
                            ? new Outcome.PerhapsMore()
                            : new Outcome.Finished(done, quiet.endedAt(done));
                }
                if (isTooLong(Frames.seconds(stretch.to()))) {
                    return tooLong();
                }
                Outcome hindrance = hear(stretch, audio.seconds());
                if (hindrance != null) {
                    return hindrance;
                }
                if (!clock.instant().isBefore(until)) {
                    return new Outcome.TimeForOthers();
                }
            }
        }

        private boolean isTooLong(double seconds) {
            return seconds > longest.toSeconds();
        }

        private Outcome tooLong() {
            return new Outcome.Hopeless("the recording is longer than %d minutes (speech.longest-recording)"
                    .formatted(longest.toMinutes()));
        }

        private @Nullable Stretch next(Stretches stretches) throws IOException {
            try {
                return threads.compute(() -> {
                            try {
                                return Optional.ofNullable(stretches.next());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                        .orElse(null);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        /** Null if all went well. */
        private @Nullable Outcome hear(Stretch stretch, @Nullable Double totalSeconds) {
            long began = System.nanoTime();
            int turn = begun.firstTurn + utterances;
            Heard heard = begun.hearing.hear(tenant, begun.work, begun.startedAt, turn, stretch);
            Meters.time("afterword.transcription.stretches", Duration.ofNanos(System.nanoTime() - began));
            return switch (heard) {
                case Heard.Later(var after, var reason) -> new Outcome.Hindered(after, reason);
                case Heard.Never(var reason) -> new Outcome.Hopeless(reason);
                case Heard.All(var of, var turns, var unreliable) -> {
                    Quiet with = quiet.and(stretch.from(), of);
                    var progress = new Progress(
                            done,
                            stretch.to(),
                            totalSeconds,
                            of.size(),
                            turns,
                            unreliable,
                            with,
                            begun.hearing.recognizer());
                    if (!tenancy.in(tenant, () -> repository.advance(begun.work.id(), progress))) {
                        yield new Outcome.Overtaken();
                    }
                    done = stretch.to();
                    utterances += of.size();
                    quiet = with;
                    failuresBefore = 0;
                    yield null;
                }
            };
        }
    }
}
