package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Complexity;
import org.afterword.catalog.Disposition;
import org.afterword.drafting.internal.evaluation.LabelledContact.Truth;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;
import tools.jackson.databind.JsonNode;

/**
 * NatCS (the requests of DSTC 11, track 2): what customers ask for on the telephone, one turn each, a file for each domain. A domain is a
 * call type and a group, an intent one of its dispositions. The catalog says no more than their names.
 */
final class NatCs implements Converter {
    private static final LocalDate DAY = LocalDate.of(2022, 6, 1);

    @Override
    public String name() {
        return "natcs";
    }

    @Override
    public LabelledSet convert(Path folder) throws IOException {
        var callTypes = new ArrayList<CallType>();
        var codes = new TreeSet<String>();
        var contacts = new ArrayList<LabelledContact>();
        for (Path file : DataFile.allIn(folder, ".jsonl")) {
            String domain = DataFile.stemOf(file);
            callTypes.add(new CallType(domain, Converter.label(domain), null, Complexity.LOW, null, null));
            contacts.addAll(DataFile.documents(file, request -> contact(domain, request)));
        }
        contacts.forEach(contact -> codes.add(String.valueOf(contact.truth().disposition())));
        return LabelledSet.split(
                Converter.declaring(
                        callTypes,
                        List.of(),
                        codes.stream().map(NatCs::disposition).toList(),
                        List.of()),
                contacts);
    }

    private static Disposition disposition(String code) {
        int dot = code.indexOf('.');
        return new Disposition(
                code, Converter.label(code.substring(dot + 1)), null, null, List.of(code.substring(0, dot)));
    }

    private static LabelledContact contact(String domain, JsonNode request) {
        return LabelledContact.inbound(
                        DataFile.text(request, "utterance_id"),
                        DAY,
                        "voice",
                        List.of(Turn.of(Who.CUSTOMER, DataFile.text(request, "utterance"))),
                        Truth.with()
                                .disposition(domain + "." + DataFile.text(request, "intent"))
                                .build())
                .inGroup(domain);
    }
}
