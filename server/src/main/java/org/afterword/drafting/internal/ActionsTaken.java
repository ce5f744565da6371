package org.afterword.drafting.internal;

import java.util.List;
import java.util.stream.Collectors;
import org.afterword.drafting.Claim;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Evidence;

/** What the agent did in other systems, in words. */
public final class ActionsTaken {
    private ActionsTaken() {}

    public static List<Claim<String>> in(DraftInput input) {
        return input.actions().stream()
                .map(action -> Claim.of(
                        "actions/" + action.id(), describe(action), 1.0, List.of(new Evidence.Action(action.id()))))
                .toList();
    }

    private static String describe(DesktopAction action) {
        String name = Names.sentence(action.name());
        String parameters = action.parameters().entrySet().stream()
                .filter(p -> !p.getValue().isBlank())
                .map(p -> Names.words(p.getKey()) + " " + p.getValue())
                .collect(Collectors.joining(", "));
        return parameters.isEmpty() ? name : name + ": " + parameters;
    }
}
