package org.afterword.demo.internal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;
import org.afterword.catalog.FormField;
import org.afterword.demo.internal.Conversation.Speaker;
import org.afterword.demo.internal.Conversation.Turn;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

class DemoDataTest {
    private final Catalog catalog = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build()
            .readValue(DemoData.catalog(), Catalog.class);
    private final List<Conversation> conversations = DemoData.conversations();
    private final Map<String, Truth> truths = DemoData.truths();

    @Test
    void aFewHundredConversationsServeEveryQueue() {
        assertThat(conversations).hasSizeBetween(250, 400).doesNotHaveDuplicates();
        assertThat(conversations.stream().map(Conversation::queue).distinct())
                .containsExactlyInAnyOrderElementsOf(codes(catalog.queues()));
    }

    @Test
    void everyConversationIsATalkInOrderOfTime() {
        assertThat(conversations).allSatisfy(conversation -> {
            assertThat(conversation.turns()).isSortedAccordingTo(Comparator.comparingDouble(Turn::startSeconds));
            assertThat(conversation.turns()).allSatisfy(turn -> {
                assertThat(turn.text()).isNotBlank();
                assertThat(turn.endSeconds()).isBetween(turn.startSeconds(), conversation.seconds());
            });
            assertThat(conversation.turns().stream().map(Turn::speaker)).contains(Speaker.AGENT, Speaker.CUSTOMER);
            assertThat(conversation.actions())
                    .isNotEmpty()
                    .allSatisfy(action -> assertThat(action.atSeconds()).isBetween(0.0, conversation.seconds()));
            assertThat(conversation.customer().phone()).matches("\\+1\\d{3}55501\\d\\d");
        });
    }

    @Test
    void theTruthOfEveryConversationUsesOnlyWhatTheCatalogOffers() {
        Set<String> leaves = codes(catalog.leafDispositions());
        assertThat(conversations).allSatisfy(conversation -> {
            Truth truth = truthOf(conversation);
            assertThat(truth.reasons()).isNotEmpty().isSubsetOf(codes(catalog.reasons()));
            assertThat(truth.disposition()).isIn(leaves);
            var disposition = catalog.findDisposition(truth.disposition()).orElseThrow();
            var queue = catalog.findQueue(conversation.queue()).orElseThrow();
            assertThat(disposition.callTypes()).contains(truth.callType(), queue.defaultCallType());
            List<FormField> asked = catalog.fieldsFor(truth.callType(), truth.reasons(), null);
            assertThat(truth.fields().keySet())
                    .isSubsetOf(asked.stream().map(FormField::name).toList())
                    .containsAll(asked.stream()
                            .filter(FormField::required)
                            .map(FormField::name)
                            .toList());
            assertThat(truth.fields().values())
                    .allSatisfy(forms -> assertThat(forms).isNotEmpty());
        });
    }

    @Test
    void aChoiceHoldsOneOfItsValues() {
        assertThat(conversations).allSatisfy(conversation -> {
            Truth truth = truthOf(conversation);
            for (FormField field : catalog.fieldsFor(truth.callType(), truth.reasons(), null)) {
                List<String> forms = truth.fields().get(field.name());
                if (field.type() == FormField.Type.CHOICE && forms != null) {
                    assertThat(field.choices()).as(field.name()).containsAnyElementsOf(forms);
                }
            }
        });
    }

    @Test
    void someCustomersCallMoreThanOnce() {
        long customers = conversations.stream()
                .map(conversation -> conversation.customer().id())
                .distinct()
                .count();

        assertThat(customers).isBetween(100L, conversations.size() - 50L);
    }

    @Test
    void everyQueueHasAgentsAndAnnCanServeThemAll() {
        People people = DemoData.people();

        assertThat(people.agents())
                .hasSize(12)
                .allSatisfy(agent -> assertThat(agent.team()).isIn(codes(catalog.teams())));
        assertThat(catalog.queues())
                .allSatisfy(queue -> assertThat(people.simulated())
                        .filteredOn(agent -> agent.skills().containsAll(queue.requiredSkills()))
                        .hasSizeGreaterThan(2));
        assertThat(people.signIns()).extracting(People.SignIn::userName).containsExactly("ann", "sam", "ada");
        assertThat(people.simulated())
                .extracting(People.Agent::id)
                .doesNotContain("ann")
                .hasSize(11);
    }

    @Test
    void recordingsHaveTheAgentOnOneChannelAndTheCustomerOnTheOther() throws IOException {
        List<Conversation> recorded =
                conversations.stream().filter(c -> c.recording() != null).toList();
        assertThat(recorded).hasSize(2);

        for (Conversation conversation : recorded) {
            Wave wave;
            try (InputStream in = DemoData.recording(requireNonNull(conversation.recording()))) {
                wave = Wave.parse(in.readAllBytes());
            }
            assertThat(wave.channels()).isEqualTo(2);
            assertThat(wave.samplesPerSecond()).isEqualTo(8000);
            assertThat(wave.seconds()).isBetween(conversation.seconds() - 2, conversation.seconds() + 2);
            for (Turn turn : conversation.turns().stream()
                    .filter(t -> t.text().length() > 20)
                    .toList()) {
                int speaking = turn.speaker() == Speaker.AGENT ? 0 : 1;
                assertThat(loudness(wave, speaking, turn)).isGreaterThan(loudness(wave, 1 - speaking, turn));
            }
        }
    }

    @Test
    void theShorterSideOfACallEndsInSilence() {
        Wave joined = Wave.join(new Wave(1, 8000, new short[] {1, 2, 3}), new Wave(1, 8000, new short[] {7}));

        assertThat(joined.samples()).containsExactly(1, 7, 2, 0, 3, 0);
    }

    private Truth truthOf(Conversation conversation) {
        return requireNonNull(truths.get(conversation.id()), conversation.id());
    }

    /** Mean of the samples' size on one channel while the turn lasts. */
    private static double loudness(Wave wave, int channel, Turn turn) {
        int from = (int) (turn.startSeconds() * wave.samplesPerSecond());
        int to = Math.min((int) (turn.endSeconds() * wave.samplesPerSecond()), wave.samples().length / wave.channels());
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs(wave.samples()[i * wave.channels() + channel]);
        }
        return sum / (to - from);
    }

    private static Set<String> codes(List<? extends CatalogItem> items) {
        return items.stream().map(CatalogItem::code).collect(Collectors.toSet());
    }
}
