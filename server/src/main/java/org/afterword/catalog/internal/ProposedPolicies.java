package org.afterword.catalog.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.PolicyProposal;
import org.afterword.catalog.PolicyRule;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemException.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lays proposed policies over a catalog, by the same reading and the same checks as when they are saved. */
public final class ProposedPolicies {
    private static final String POLICIES = CatalogKind.POLICIES.property();

    private ProposedPolicies() {}

    /** @throws ProblemException INVALID with pointers into the proposal */
    public static Catalog over(Catalog present, PolicyProposal proposal) {
        boolean whole = proposal.policies() != null;
        boolean parts = proposal.changed() != null || proposal.removed() != null;
        if (whole == parts) {
            throw ProblemException.invalid(
                    "#", "needs either policies, the whole list, or what is changed and removed of it");
        }
        ObjectNode document = CatalogDocument.tree(present);
        if (whole) {
            document.set(POLICIES, list("policies", proposal.policies()));
            return CatalogDocument.bind(document, CatalogDocument.WHOLE);
        }
        return changed(document, present, proposal);
    }

    private static Catalog changed(ObjectNode document, Catalog present, PolicyProposal proposal) {
        ArrayNode policies = document.withArrayProperty(POLICIES);
        var places = new ArrayList<>(
                present.policies().stream().map(PolicyRule::code).toList());
        remove(policies, places, list("removed", proposal.removed()));
        ArrayNode changed = list("changed", proposal.changed());
        var sentAs = new HashMap<Integer, Integer>();
        for (int i = 0; i < changed.size(); i++) {
            String at = "#/changed/" + i;
            if (!(changed.get(i) instanceof ObjectNode rule)) {
                throw ProblemException.invalid(at, "must be a rule");
            }
            int place = places.indexOf(rule.path("code").asString(""));
            if (place < 0) {
                place = policies.size();
                policies.add(rule);
                places.add(rule.path("code").asString(""));
            } else {
                policies.set(place, rule);
            }
            if (sentAs.putIfAbsent(place, i) != null) {
                throw ProblemException.invalid(at + "/code", "'%s' stands there twice".formatted(places.get(place)));
            }
        }
        try {
            return CatalogDocument.bind(document, CatalogDocument.WHOLE);
        } catch (ProblemException refused) {
            List<Fault> faults = refused.faults().stream()
                    .map(fault -> new Fault(asSent(fault.pointer(), sentAs), fault.detail()))
                    .toList();
            throw new ProblemException(refused.type(), refused.detail(), faults);
        }
    }

    private static void remove(ArrayNode policies, List<String> places, ArrayNode codes) {
        for (int i = 0; i < codes.size(); i++) {
            String code = codes.get(i).asString("");
            int place = places.indexOf(code);
            if (place < 0) {
                throw ProblemException.invalid(
                        "#/removed/" + i, "is '%s', which is the code of no policy".formatted(code));
            }
            policies.remove(place);
            places.remove(place);
        }
    }

    private static ArrayNode list(String name, @Nullable JsonNode sent) {
        if (sent == null) {
            return Json.mapper().createArrayNode();
        }
        if (sent instanceof ArrayNode list) {
            return list;
        }
        throw ProblemException.invalid("#/" + name, "must be a list");
    }

    /** The whole proposal where the fault is in a rule that was not sent. */
    private static String asSent(String pointer, Map<Integer, Integer> sentAs) {
        String[] steps = pointer.split("/", 4);
        if (steps.length < 3 || !steps[1].equals(POLICIES) || !steps[2].matches("\\d{1,9}")) {
            return CatalogDocument.WHOLE;
        }
        Integer sent = sentAs.get(Integer.valueOf(steps[2]));
        String within = steps.length < 4 ? "" : "/" + steps[3];
        return sent == null ? CatalogDocument.WHOLE : "#/changed/" + sent + within;
    }
}
