package org.afterword.drafting.internal;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.internal.proof.Arm;
import org.afterword.platform.EventLog;
import org.afterword.wrapup.Unattended;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUps;
import org.springframework.stereotype.Component;

/** Announces that drafts changed, in the running tenant's transaction. */
@Component
public class DraftChanges {
    private static final String READY = "ready";

    private final WrapUps wrapUps;
    private final Unattended unattended;
    private final EventLog eventLog;
    private final InstantSource clock;

    DraftChanges(WrapUps wrapUps, Unattended unattended, EventLog eventLog, InstantSource clock) {
        this.wrapUps = wrapUps;
        this.unattended = unattended;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    /** The data of {@code draft.changed}. */
    record Changed(String wrapUpId, String interactionId, String agentId, String status) {}

    /** The data of {@code draft.drawn}. */
    record Drawn(String interactionId, Arm arm, double share) {}

    /**
     * Tells who sees the drafts of contacts that can be compared with others.
     *
     * @param share of contacts that go without by lot
     */
    void drawn(List<DraftRepository.Stored> first, double share) {
        eventLog.append(first.stream()
                .map(draft -> new EventLog.NewEvent(
                        clock.instant(),
                        "draft.drawn",
                        draft.interaction().value(),
                        draft.interaction().value(),
                        new Drawn(draft.interaction().value(), draft.arm(), share)))
                .toList());
    }

    /** @param statuses of the drafts that changed */
    public void announce(Map<InteractionId, String> statuses) {
        // what was split off has no draft: what is drafted of the contact would stand in two records
        List<WrapUp> drafted = wrapUps.ofInteractions(statuses.keySet()).stream()
                .filter(wrapUp -> !wrapUp.isPart())
                .toList();
        eventLog.append(drafted.stream()
                .map(wrapUp -> new EventLog.NewEvent(
                        clock.instant(),
                        "draft.changed",
                        wrapUp.id().value(),
                        wrapUp.interaction().value(),
                        new Changed(
                                wrapUp.id().value(),
                                wrapUp.interaction().value(),
                                wrapUp.agent().value(),
                                Objects.requireNonNull(statuses.get(wrapUp.interaction())))))
                .toList());
        unattended.drafted(drafted.stream()
                .filter(wrapUp -> READY.equals(statuses.get(wrapUp.interaction())))
                .toList());
    }
}
