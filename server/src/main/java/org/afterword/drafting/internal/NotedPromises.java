package org.afterword.drafting.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.afterword.drafting.Claim;
import org.afterword.drafting.FollowUp;
import org.afterword.drafting.FollowUp.Kind;
import org.afterword.drafting.FollowUp.Owner;

/** What keywords say is still to come: "callback Friday", "send form by tomorrow". What they report as done is none. */
final class NotedPromises {
    private static final Pattern PROMISED = Pattern.compile(
            "\\b(?:call-?backs?|(?:call|ring|get|phone|write) back|follow(?:ing|s)?[- ]?ups?|promised?|remind(?:er)?|to-?do|owed?)\\b");

    /** Done later only where it says until when; else it names what the contact is about. */
    private static final Pattern LATER = Pattern.compile(
            "^(?:(?:the )?(?:customer|agent|we|i)(?: will| to)? )?(?:to )?(?:sends?|e-?mails?|mails?|texts?|sms|ship|forward|refund|escalate|notify|credit|replace|"
                    + "deliver|dispatch|check|contact|call|phone|ring|bring|upload|pay|return)\\b");

    private static final Pattern UNTIL = Pattern.compile("\\b(?:by|until|till|before|within|in|on|end of)\\b");
    private static final Pattern OVER = Pattern.compile(
            "\\b(?:no|not|missed|declined|refused|cancell?ed|already|was|were|done|completed|sent|made)\\b");
    private static final Pattern BY_CUSTOMER = Pattern.compile(
            "^(?:the )?customer (?:will|to|promised|sends?|brings?|calls?|pays?|returns?|uploads?|e-?mails?|mails?)\\b");

    private final Situation situation;
    private final Promises promises;

    /** @param situation in which the pieces are turns */
    NotedPromises(Situation situation) {
        this.situation = situation;
        this.promises = new Promises(situation);
    }

    /** Each is called by its kind: keywords change while they are typed, and what was touched of a promise has to stay with it. */
    List<Claim<FollowUp>> followUps() {
        var followUps = new ArrayList<Claim<FollowUp>>();
        Map<Kind, Integer> ofKind = new HashMap<>();
        for (Line line : situation.talk().lines()) {
            promise(line).ifPresent(promise -> {
                int number = ofKind.merge(promise.kind(), 1, Integer::sum);
                String name = promise.kind().name().toLowerCase(Locale.ROOT) + (number == 1 ? "" : "-" + number);
                followUps.add(Claim.of(
                        "followUps/noted." + name,
                        promise,
                        promise.dueAt() == null ? 0.7 : 0.85,
                        List.of(line.quote())));
            });
        }
        return List.copyOf(followUps);
    }

    private Optional<FollowUp> promise(Line line) {
        String typed = line.text().toLowerCase(Locale.ROOT);
        Instant due = promises.dueAt(line).orElse(null);
        boolean later = LATER.matcher(typed).find()
                && due != null
                && UNTIL.matcher(typed).find();
        if (OVER.matcher(typed).find() || !(PROMISED.matcher(typed).find() || later)) {
            return Optional.empty();
        }
        Owner owner = BY_CUSTOMER.matcher(typed).find() ? Owner.CUSTOMER : Owner.AGENT;
        Kind kind = Promises.kind(typed.replaceAll("\\bcall-?backs?\\b", "call back"), owner);
        return Optional.of(new FollowUp(Phrases.sentence(line.text()), kind, owner, due));
    }
}
