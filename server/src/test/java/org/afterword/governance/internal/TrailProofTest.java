package org.afterword.governance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.afterword.governance.ChainHead;
import org.afterword.governance.TrailEntry;
import org.afterword.governance.TrailProof;
import org.afterword.governance.TrailQuery;
import org.afterword.governance.TrailReport;
import org.afterword.governance.TrailReport.Fault;
import org.afterword.governance.TrailReport.Kind;
import org.afterword.platform.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever owns the tables can do anything to the trail; what of it is seen afterwards, and where. */
class TrailProofTest {
    private static final int ENTRIES = 10;

    /** The entry that is linked at 5, without content, and the one at 6, with content. */
    private static final String FIVE = at(5);

    private static final String SIX = at(6);

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final ChainFixture here = new ChainFixture(database);

    @TempDir
    Path folder;

    private int exports;

    @Test
    void aTrailThatNobodyTouchedIsWhole() throws Exception {
        chained();

        TrailReport report = here.verify();

        assertThat(report.isWhole()).isTrue();
        assertThat(report.proved()).isEqualTo(ENTRIES);
        assertThat(report.contents()).isEqualTo(ENTRIES / 2);
        assertThat(report.erased()).isZero();
        assertThat(report.unlinked()).isZero();
        assertThat(report.head().sequence()).isEqualTo(ENTRIES);
    }

    @Test
    void aTrailWithoutEntriesIsWhole() {
        assertThat(here.verify())
                .isEqualTo(new TrailReport(ChainFixture.NORTH, 0, 0, 0, 0, null, ChainHead.NONE, null));
    }

    @Test
    void entriesThatWaitToBeLinkedAreReported() throws Exception {
        chained();
        Instant first = here.clock.instant();
        here.record(3);

        TrailReport report = here.verify();

        assertThat(report.isWhole()).isTrue();
        assertThat(report.unlinked()).isEqualTo(3);
        assertThat(report.oldestUnlinked()).isEqualTo(first);
    }

    static List<Arguments> tampering() {
        return List.of(
                deed("who did it", 5, Kind.CHANGED, "UPDATE audit_entry SET actor = 'user:bob' WHERE " + FIVE),
                deed("what was done", 5, Kind.CHANGED, "UPDATE audit_entry SET kind = 'x' WHERE " + FIVE),
                deed("to what", 5, Kind.CHANGED, "UPDATE audit_entry SET subject = 'thing:9' WHERE " + FIVE),
                deed(
                        "when, in its link and content too",
                        6,
                        Kind.CHANGED,
                        "UPDATE audit_content SET recorded_at = recorded_at - interval '1 hour' WHERE " + SIX,
                        "UPDATE audit_entry SET recorded_at = recorded_at - interval '1 hour' WHERE " + SIX,
                        "UPDATE audit_link SET recorded_at = recorded_at - interval '1 hour' WHERE sequence = 6"),
                deed(
                        "when it was linked",
                        5,
                        Kind.CHANGED,
                        "UPDATE audit_link SET linked_at = linked_at - interval '1 s' WHERE sequence = 5"),
                deed("a hash", 5, Kind.CHANGED, "UPDATE audit_link SET hash = sha256(hash) WHERE sequence = 5"),
                deed(
                        "the content",
                        6,
                        Kind.CONTENT_CHANGED,
                        "UPDATE audit_content SET content = '{\"reason\":\"none\"}' WHERE " + SIX),
                deed(
                        "a space in the content",
                        6,
                        Kind.CONTENT_CHANGED,
                        "UPDATE audit_content SET content = (content::text || ' ')::json WHERE " + SIX),
                deed(
                        "content where none was",
                        5,
                        Kind.CONTENT_CHANGED,
                        "INSERT INTO audit_content (tenant_id, recorded_at, number, salt, content)"
                                + " SELECT tenant_id, recorded_at, number, sha256('x'), '{}'"
                                + " FROM audit_link WHERE sequence = 5"),
                deed(
                        "the content with its digest",
                        6,
                        Kind.CHANGED,
                        "DELETE FROM audit_content WHERE " + SIX,
                        "UPDATE audit_entry SET digest = '' WHERE " + SIX),
                deed("removed", 5, Kind.MISSING, "DELETE FROM audit_entry WHERE " + FIVE),
                deed("removed link", 5, Kind.MISSING, "DELETE FROM audit_link WHERE sequence = 5"),
                deed("removed first link", 1, Kind.MISSING, "DELETE FROM audit_link WHERE sequence = 1"),
                deed(
                        "removed with its link",
                        5,
                        Kind.MISSING,
                        "DELETE FROM audit_entry WHERE " + FIVE,
                        "DELETE FROM audit_link WHERE sequence = 5"),
                deed(
                        "removed, and the rest numbered anew",
                        5,
                        Kind.CHANGED,
                        "DELETE FROM audit_entry WHERE " + FIVE,
                        "DELETE FROM audit_link WHERE sequence = 5",
                        "UPDATE audit_link SET sequence = sequence + 1000 WHERE sequence > 5",
                        "UPDATE audit_link SET sequence = sequence - 1001 WHERE sequence > 1000"),
                deed(
                        "inserted without a link",
                        6,
                        Kind.INSERTED,
                        "INSERT INTO audit_entry (tenant_id, recorded_at, xid, actor, kind, subject, digest)"
                                + " SELECT tenant_id, recorded_at, xid, 'user:bob', 'thing.done', 'thing:4b', ''"
                                + " FROM audit_entry WHERE " + FIVE),
                deed(
                        "two places exchanged",
                        5,
                        Kind.OUT_OF_ORDER,
                        "UPDATE audit_link SET sequence = 1000 WHERE sequence = 5",
                        "UPDATE audit_link SET sequence = 5 WHERE sequence = 6",
                        "UPDATE audit_link SET sequence = 6 WHERE sequence = 1000"),
                deed(
                        "two entries exchanged between their links",
                        5,
                        Kind.OUT_OF_ORDER,
                        "UPDATE audit_link SET number = -number WHERE sequence = 6",
                        "UPDATE audit_link AS l SET (recorded_at, number) ="
                                + " (SELECT o.recorded_at, -o.number FROM audit_link AS o WHERE o.sequence = 6)"
                                + " WHERE l.sequence = 5",
                        "UPDATE audit_link SET (recorded_at, number) ="
                                + " (SELECT recorded_at, number FROM audit_entry WHERE subject = 'thing:5')"
                                + " WHERE sequence = 6"),
                deed(
                        "moved to the end",
                        5,
                        Kind.OUT_OF_ORDER,
                        "UPDATE audit_link SET sequence = 11 WHERE sequence = 5"),
                deed(
                        "moved to another tenant",
                        5,
                        Kind.MISSING,
                        "UPDATE audit_entry SET tenant_id = 'south' WHERE " + FIVE,
                        "UPDATE audit_link SET tenant_id = 'south' WHERE sequence = 5"));
    }

    private static Arguments deed(String what, long sequence, Kind kind, String... statements) {
        return Arguments.of(what, new Found(sequence, kind), List.of(statements));
    }

    record Found(long sequence, Kind kind) {
        static Found in(TrailReport report) {
            Fault fault = Objects.requireNonNull(report.fault(), "something is wrong");
            return new Found(fault.sequence(), fault.kind());
        }
    }

    /** In the database, also once the chainer has looked again, and in an export. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("tampering")
    void whatWasDoneToTheTrailIsNamed(String what, Found expected, List<String> statements) throws Exception {
        chained();

        statements.forEach(here.owner::update);

        assertThat(Found.in(here.verify())).isEqualTo(expected);
        here.chainer.chain(ChainFixture.NORTH);
        assertThat(Found.in(here.verify())).isEqualTo(expected);
        assertThat(Found.in(verifyExport())).isEqualTo(expected);
    }

    @Test
    void anEntryThatWasLinkedInTheMiddleIsNamed() throws Exception {
        chained();
        here.owner.update("UPDATE audit_link SET sequence = sequence + 1000 WHERE sequence >= 5");
        here.owner.update("UPDATE audit_link SET sequence = sequence - 999 WHERE sequence > 1000");
        Chained four = here.tenancy
                .in(ChainFixture.NORTH, () -> here.chain.linkedAfter(ChainFixture.NORTH, 3, 1))
                .getFirst();
        var key = new Chained.Key(Instant.parse("2026-03-02T09:00:03.500Z"), 1_000_000);
        var entry = new Chained.Entry("user:bob", "thing.done", "thing:4b", "");
        String before = Objects.requireNonNull(four.link()).hash();
        String hash = Fingerprint.ofLink(before, 5, "north", key, entry, key.recordedAt());
        here.owner.update(
                "INSERT INTO audit_entry (tenant_id, recorded_at, number, actor, kind, subject, digest)"
                        + " OVERRIDING SYSTEM VALUE VALUES ('north', ?::timestamptz, ?, ?, ?, ?, '')",
                key.recordedAt().toString(),
                key.number(),
                entry.actor(),
                entry.kind(),
                entry.subject());
        var link = new Chained.Link(5, key.recordedAt(), hash);
        here.tenancy.run(
                ChainFixture.NORTH,
                () -> here.chain.insert(ChainFixture.NORTH, List.of(Chained.linked(key, link, entry, null))));

        assertThat(Found.in(here.verify())).isEqualTo(new Found(5, Kind.INSERTED));
    }

    @Test
    void erasedContentKeepsTheChainWhole() throws Exception {
        chained();

        here.owner.update("DELETE FROM audit_content WHERE " + SIX);

        assertThat(here.verify().isWhole()).isTrue();
        assertThat(here.verify().erased()).isEqualTo(1);
        assertThat(verifyExport()).isEqualTo(here.verify());
    }

    @Test
    void aCutOffEndIsSeenByAHeadThatWasNoted() throws Exception {
        chained();
        ChainHead noted = here.verify().head();
        here.owner.update("DELETE FROM audit_entry WHERE subject IN ('thing:9', 'thing:10')");
        here.owner.update("DELETE FROM audit_link WHERE sequence > 8");

        assertThat(here.verify().isWhole()).isTrue();
        assertThat(Found.in(here.verify(noted))).isEqualTo(new Found(9, Kind.CUT_OFF));
    }

    @Test
    void aTrailThatWasComputedAnewIsSeenByAHeadThatWasNoted() throws Exception {
        chained();
        ChainHead noted = here.verify().head();
        here.owner.update("UPDATE audit_entry SET actor = 'user:bob' WHERE " + at(10));
        here.owner.update("DELETE FROM audit_link WHERE sequence = 10");
        here.linkUntil(ENTRIES);

        assertThat(here.verify().isWhole()).isTrue();
        assertThat(Found.in(here.verify(noted))).isEqualTo(new Found(10, Kind.REWRITTEN));
    }

    @Test
    void aHeadThatWasNotedStaysInATrailThatGoesOn() throws Exception {
        chained();
        ChainHead noted = here.verify().head();
        here.record(3);
        here.linkUntil(ENTRIES + 3);

        assertThat(here.verify(ChainHead.parse(noted.toString())).isWhole()).isTrue();
        assertThat(here.verify(ChainHead.NONE).isWhole()).isTrue();
    }

    @Test
    void anExportTellsWhatTheDatabaseTells() throws Exception {
        chained();
        here.record(2);

        assertThat(verifyExport()).isEqualTo(here.verify());
    }

    @Test
    void theListShowsWhatIsLinkedAndWhere() throws Exception {
        chained();
        here.record(1);

        List<TrailEntry> newest = here.tenancy
                .in(ChainFixture.NORTH, () -> here.trail.list(TrailQuery.ALL, 2))
                .items();

        assertThat(newest.get(0).linked()).isFalse();
        assertThat(newest.get(0).sequence()).isNull();
        assertThat(newest.get(1).linked()).isTrue();
        assertThat(newest.get(1).sequence()).isEqualTo(ENTRIES);
    }

    private void chained() throws Exception {
        here.record(ENTRIES);
        here.linkUntil(ENTRIES);
    }

    private TrailReport verifyExport() throws Exception {
        Path file = folder.resolve("trail-" + ++exports + ".jsonl");
        here.proof.export(ChainFixture.NORTH, file, written -> {});
        return TrailProof.verify(file, null, proved -> {});
    }

    private static String at(int sequence) {
        return "number = (SELECT number FROM audit_link WHERE tenant_id = 'north' AND sequence = " + sequence + ")";
    }
}
