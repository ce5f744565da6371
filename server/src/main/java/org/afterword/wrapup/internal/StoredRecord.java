package org.afterword.wrapup.internal;

import org.afterword.platform.Json;
import org.afterword.wrapup.WrapUpId;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record's content as it is stored: what persons typed, and after the completion what was confirmed.
 *
 * @param record     in the shape of the API
 * @param provenance JSON pointer into {@code record} → {@code {status, by, at, draftId?}}
 * @param version    grows with every change of content; the ETag
 * @param revision   grows with every amendment after the completion became final
 */
record StoredRecord(WrapUpId wrapUp, ObjectNode record, ObjectNode provenance, long version, int revision) {
    static StoredRecord empty(WrapUpId wrapUp) {
        return new StoredRecord(wrapUp, Json.object(), Json.object(), 0, 0);
    }

    RecordView view() {
        return new RecordView(record, provenance);
    }

    StoredRecord next(ObjectNode newRecord, ObjectNode newProvenance) {
        return new StoredRecord(wrapUp, newRecord, newProvenance, version + 1, revision);
    }

    StoredRecord nextRevision(ObjectNode newRecord, ObjectNode newProvenance) {
        return new StoredRecord(wrapUp, newRecord, newProvenance, version + 1, revision + 1);
    }
}
