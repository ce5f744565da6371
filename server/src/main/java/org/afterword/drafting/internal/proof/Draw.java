package org.afterword.drafting.internal.proof;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.afterword.catalog.RecordPart;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.Grade;
import org.afterword.drafting.Rollout;
import org.afterword.platform.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Decides who sees the draft of a contact and how much its parts may do; the same for the same contact on every node.
 *
 * @param isSet  whether an administrator ever said who sees drafts; else contacts are compared with none
 * @param salt   of the tenant
 * @param earned queue → part → grade, of the parts that did not earn everything
 */
public record Draw(Rollout rollout, boolean isSet, String salt, Map<String, Map<String, Grade>> earned) {
    /** Of contacts with a part that has not long been trusted. */
    private static final double AUDITED_SHARE = 0.2;

    /** With none, nobody would find out that a part got worse. */
    private static final double LEAST_AUDITED_SHARE = 0.02;

    public Arm arm(InteractionId interaction, Instant now) {
        if (rollout.isShadow(now)) {
            return Arm.SHADOW;
        }
        return chance(interaction) < rollout.holdout() ? Arm.HELD_OUT : Arm.SHOWN;
    }

    /** From 0 to 1, and as good as random over contacts. */
    private double chance(InteractionId interaction) {
        return chance(salt + "/" + interaction.value());
    }

    private static double chance(String of) {
        int drawn = ByteBuffer.wrap(Sha256.of(of)).getInt();
        return Integer.toUnsignedLong(drawn) * 0x1p-32;
    }

    /**
     * Whether a person checks what a policy would approve. Whoever is drawn at the higher grade is at the lower one too.
     *
     * @param filled grades of the parts of its record
     */
    public boolean isAudited(InteractionId interaction, Collection<Grade> filled) {
        double share = filled.contains(Grade.FILL_AUDITED) ? AUDITED_SHARE : LEAST_AUDITED_SHARE;
        return chance(salt + "/audit/" + interaction.value()) < share;
    }

    /** Part → grade, of the parts that do anything but fill the record for a person to confirm. */
    public Map<String, Grade> grades(@Nullable String queue) {
        String of = queue == null ? "" : queue;
        var grades = new TreeMap<String, Grade>();
        for (RecordPart part : Rollout.PARTS) {
            Grade grade = earned.getOrDefault(of, Map.of())
                    .getOrDefault(part.member(), Grade.PREFILL)
                    .atMost(rollout.most(of, part.member()));
            if (grade != Grade.PREFILL) {
                grades.put(part.member(), grade);
            }
        }
        return grades;
    }

    /** An administrator wants nothing of it, so that records go without. */
    public boolean isSwitchedOff(@Nullable String queue, String part) {
        return rollout.most(queue == null ? "" : queue, part) == Grade.OFF;
    }
}
