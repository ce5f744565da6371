package org.afterword.drafting.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.internal.ModelRepository.NewVersion;
import org.afterword.drafting.internal.ModelRepository.Subject;
import org.afterword.drafting.internal.ModelRepository.Taught;
import org.afterword.drafting.internal.ModelRepository.Version;
import org.afterword.drafting.internal.learning.HeldBack;
import org.afterword.drafting.internal.learning.Judgement;
import org.afterword.drafting.internal.learning.Lesson;
import org.afterword.drafting.internal.learning.Link;
import org.afterword.drafting.internal.learning.RankingModel;
import org.afterword.drafting.internal.learning.Trainer;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.LowPriority;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Learns dispositions, and reasons and tags, anew once enough records were confirmed since the last time: on one node at a time, in
 * the background. A new version comes into use if it is not worse by the records held back; one that turns out worse than the one
 * before it goes out of use again.
 */
@Component
class ModelTraining implements DueWorkHandler {
    static final String LEARN = "drafting.learn";
    static final String RANKING = "ranking";

    private static final Logger log = LoggerFactory.getLogger(ModelTraining.class);

    /** Of whatever size the center is: below, examples by themselves do as well. */
    static final int LEAST_NEW = 100;

    /** A version that has learned from a year is not made anew each day. */
    static final double LEAST_SHARE_NEW = 0.1;

    /** Bounds memory while it learns, to about 250 MB for contacts of a hundred words and 800 MB for those of a thousand, and the time to minutes. */
    private static final int MOST_LESSONS = 8_000;

    private static final int MOST_TO_JUDGE = 1_000;

    /** Records come one by one; a version of some minutes ago is as good. */
    private static final Duration GATHERING = Duration.ofMinutes(1);

    private final Tenancy tenancy;
    private final ModelRepository models;
    private final Embedder embedder;
    private final LowPriority learning;
    private final DueWork dueWork;
    private final InstantSource clock;

    ModelTraining(
            Tenancy tenancy,
            ModelRepository models,
            Embedder embedder,
            LowPriority learning,
            DueWork dueWork,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.models = models;
        this.embedder = embedder;
        this.learning = learning;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    /** Records were confirmed, in the running transaction. */
    void moreWasConfirmed() {
        Instant soon = clock.instant().plus(GATHERING);
        dueWork.scheduleNoLater(LEARN, Map.of(RANKING, soon));
        dueWork.scheduleNoLater(FieldTraining.LEARN, Map.of(FieldTraining.FORMS, soon));
    }

    @Override
    public String kind() {
        return LEARN;
    }

    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public Duration lease() {
        return Duration.ofMinutes(30);
    }

    /**
     * What is known before learning.
     *
     * @param before  in use before that one
     * @param learns  whether enough was confirmed since the last version was made, in use or not
     * @param lessons what the version in use has not seen; all there is where it learns anew
     */
    private record Seen(@Nullable Version inUse, @Nullable Version before, boolean learns, List<Taught> lessons) {}

    /** What is learned, each by itself. */
    private enum Course {
        DISPOSITIONS(Link.ONE_OF),
        /** Reasons and tags. */
        CODES(Link.ANY_OF);

        private final Link link;

        Course(Link link) {
            this.link = link;
        }

        Subject subject(String embedder) {
            return this == DISPOSITIONS ? Subject.dispositions(embedder) : Subject.codes(embedder);
        }
    }

    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        for (Course course : Course.values()) {
            handle(tenant, course);
        }
        tenancy.run(tenant, () -> dueWork.done(items));
    }

    private void handle(TenantId tenant, Course course) {
        Seen seen = tenancy.in(tenant, () -> seen(tenant, course));
        Version inUse = seen.inUse();
        Version before = seen.before();
        if (inUse != null && before != null && hasGotWorse(inUse, before, seen.lessons())) {
            tenancy.run(tenant, () -> models.rollBack(tenant, inUse, before));
            log.warn(
                    "What was learned of {} as version {} does worse than version {} by the records confirmed since; back to that",
                    course.subject("").name(),
                    inUse.number(),
                    before.number());
        } else if (seen.learns()) {
            learn(tenant, course, inUse, seen.lessons());
        }
    }

    private Seen seen(TenantId tenant, Course course) {
        String model = embedder.model();
        Subject subject = course.subject(model);
        Optional<Version> inUse = models.inUse(tenant, subject);
        Optional<Version> latest = models.latest(tenant, subject);
        Instant known = latest.map(Version::learnedUntil).orElse(Instant.EPOCH);
        int fresh = course == Course.DISPOSITIONS
                ? models.countLessons(tenant, model, known)
                : models.countCodeLessons(tenant, model, known);
        boolean learns =
                fresh >= Math.max(LEAST_NEW, latest.map(Version::contacts).orElse(0) * LEAST_SHARE_NEW);
        Instant since =
                learns ? Instant.EPOCH : inUse.map(Version::learnedUntil).orElse(Instant.EPOCH);
        int most = learns ? MOST_LESSONS : MOST_TO_JUDGE;
        return new Seen(
                inUse.orElse(null),
                inUse.flatMap(version -> models.before(tenant, subject, version.number()))
                        .orElse(null),
                learns,
                course == Course.DISPOSITIONS
                        ? models.lessons(tenant, model, since, most)
                        : models.codeLessons(tenant, model, since, most));
    }

    /** None of the two has seen what was confirmed after the later one had learned. */
    private static boolean hasGotWorse(Version inUse, Version before, List<Taught> lessons) {
        return Judgement.of(weights(inUse), weights(before), since(inUse, lessons))
                .isClearlyWorse();
    }

    private static RankingModel weights(Version version) {
        return RankingModel.parse(Objects.requireNonNull(version.weights()));
    }

    private static List<Lesson> since(Version version, List<Taught> lessons) {
        return lessons.stream()
                .filter(taught -> taught.confirmedAt().isAfter(version.learnedUntil()))
                .map(Taught::lesson)
                .toList();
    }

    private void learn(TenantId tenant, Course course, @Nullable Version inUse, List<Taught> taught) {
        Instant began = clock.instant();
        Instant until =
                taught.stream().map(Taught::confirmedAt).max(Instant::compareTo).orElseThrow();
        Instant earliest =
                taught.stream().map(Taught::confirmedAt).min(Instant::compareTo).orElseThrow();
        List<Lesson> lessons =
                new ArrayList<>(taught.stream().map(Taught::lesson).toList());
        Collections.shuffle(lessons, new Random(taught.size()));
        Trainer.Trained trained = learning.compute(() -> Trainer.train(lessons, course.link));
        List<Lesson> fresh = inUse == null ? lessons : since(inUse, taught);
        Judgement judged = Judgement.of(
                trained.blind(),
                inUse == null ? null : weights(inUse),
                fresh.stream().filter(lesson -> HeldBack.is(lesson.id())).toList());
        tenancy.run(tenant, () -> {
            tenancy.lock("learned-model", List.of("versions"));
            models.put(
                    tenant,
                    new NewVersion(
                            course.subject(embedder.model()),
                            began,
                            until,
                            lessons.size(),
                            judged,
                            trained.model().toBytes()),
                    inUse);
            if (taught.size() == MOST_LESSONS) {
                models.forgetLessonsBefore(tenant, course.subject(embedder.model()), earliest);
            }
        });
        log.info(
                "Learned {} from {} confirmed records: loss {} against {} on {} held back, which {} in use",
                course.subject("").name(),
                lessons.size(),
                judged.loss(),
                judged.against(),
                judged.contacts(),
                judged.mayReplace() ? "is now" : "stays out of");
    }
}
