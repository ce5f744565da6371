package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.afterword.platform.Json;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Storage.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessResourceFailureException;

class StorageWatchTest {
    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    boolean answers = true;
    boolean writes = true;
    boolean hasRoom = true;
    long nanos;
    final StorageWatch watch = new StorageWatch(() -> answers, () -> writes, () -> hasRoom, () -> nanos);
    final List<State> told = new ArrayList<>();

    {
        watch.onChange(told::add);
    }

    @Test
    void aDatabaseThatDoesNotAnswerTwiceIsAwayUntilItDoes() {
        answers = false;
        watch.look();
        assertThat(watch.state()).isEqualTo(State.WELL);
        watch.look();
        assertThat(watch.state()).isEqualTo(State.AWAY);

        answers = true;
        watch.look();
        assertThat(watch.state()).isEqualTo(State.WELL);
        assertThat(told).containsExactly(State.AWAY, State.WELL);
    }

    @Test
    void outagesAndTheirSecondsAreCounted() {
        var registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try {
            watch.look();
            for (boolean answer : List.of(false, false, false, true, true)) {
                nanos += Duration.ofSeconds(1).toNanos();
                answers = answer;
                watch.look();
            }

            assertThat(registry.counter("afterword.database.outages").count()).isEqualTo(1);
            assertThat(registry.counter("afterword.database.down.seconds").count())
                    .isEqualTo(2);
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    @Test
    void whatIsLeftOfAFullDiskIsNotGivenToEvents() {
        hasRoom = false;
        watch.look();

        assertThatThrownBy(watch::requireRoom)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("disk is full");

        hasRoom = true;
        watch.look();
        assertThatCode(watch::requireRoom).doesNotThrowAnyException();
    }

    @Test
    void aDatabaseThatGoesBecauseTheDiskIsFullIsNotJustAway() {
        hasRoom = false;
        answers = false;
        watch.look();
        watch.look();

        assertThat(told).containsExactly(State.FULL);
    }

    @Test
    void aRefusalForWantOfRoomHoldsUntilTheDatabaseWritesAgain() {
        writes = false;
        watch.translate("insert", null, new SQLException("could not extend file", "53100"));
        for (int look = 0; look < 60; look++) {
            nanos += Duration.ofSeconds(1).toNanos();
            watch.look();
        }
        assertThat(told).containsExactly(State.FULL);

        writes = true;
        nanos += Duration.ofSeconds(11).toNanos();
        watch.look();
        assertThat(told).containsExactly(State.FULL, State.WELL);
    }

    @Test
    void theDatabaseIsAskedForMoreThanItKeepsInMemory() throws SQLException {
        try (var connection = db.appLogin().connect();
                var statement = connection.createStatement()) {
            statement.execute("SET work_mem = '64kB'");
            try (var plan =
                    statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + StorageWatch.Question.WRITE)) {
                plan.next();
                assertThat(Json.read(plan.getString(1))
                                .at("/0/Plan/Temp Written Blocks")
                                .asInt())
                        .isGreaterThan(100);
            }
        }
        assertThat(new StorageWatch.Question(db.appLogin()).writes()).isTrue();
    }

    @Test
    void aRefusalForWantOfRoomIsBelievedForAWhile() {
        var translated = watch.translate("insert", null, new SQLException("could not extend file", "53100"));
        assertThat(translated).isInstanceOf(DataAccessResourceFailureException.class);
        watch.look();
        assertThat(watch.state()).isEqualTo(State.FULL);

        nanos += Duration.ofSeconds(11).toNanos();
        watch.look();
        assertThat(watch.state()).isEqualTo(State.WELL);
    }

    @Test
    void otherFailuresSayNothingAboutTheDisk() {
        watch.translate("insert", null, new SQLException("duplicate key", "23505"));
        watch.look();

        assertThat(watch.state()).isEqualTo(State.WELL);
    }
}
