package org.afterword.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicySettingsTest {
    private static final PolicySettings SAID = APolicy.of("p", """
            {'mode': 'OPTIONAL', 'windowSeconds': 1, 'partSeconds': {'/summary': 1}, 'targetSeconds': 1, 'warningSeconds': 1,
             'graceSeconds': 1, 'typingGraceSeconds': 1, 'noResponseSeconds': 1, 'systemWaitSeconds': 1, 'atDeadline': 'EXPIRE',
             'extensions': {'count': 1, 'seconds': 1}, 'deferrable': true, 'deferDueSeconds': 61, 'deferrableParts': ['/tags'],
             'deferralCap': 1, 'requiredParts': ['/tags'], 'requiredWhen': [{'tag': 'T', 'parts': ['/tags']}], 'holdShare': 0.5,
             'consults': false, 'failedAttempts': true, 'shortContactSeconds': 1,
             'overriddenBy': ['coach'],
             'recovery': {'seconds': 10, 'byRule': true, 'capSeconds': 10, 'capHours': 1},
             'occupancyGuard': {'percent': 80, 'minutes': 5, 'restSeconds': 10}, 'unsupported': 'MARK',
             'unattended': {'callTypes': ['T'], 'confidence': 0.9}}""").settings();

    static Stream<RecordComponent> settings() {
        return Arrays.stream(PolicySettings.class.getRecordComponents());
    }

    /** Each setting is inherited by itself, and by nothing else. */
    @ParameterizedTest
    @MethodSource("settings")
    void aSettingThatIsSaidHoldsAndOneThatIsNotIsInherited(RecordComponent setting) throws Exception {
        assertThat(setting.getAccessor().invoke(SAID)).isNotNull();
        PolicySettings alone = alone(setting);

        PolicySettings over = alone.over(PolicySettings.DEFAULT);

        for (RecordComponent other : PolicySettings.class.getRecordComponents()) {
            assertThat(other.getAccessor().invoke(over))
                    .as(other.getName())
                    .isEqualTo(other.getAccessor()
                            .invoke(other.getName().equals(setting.getName()) ? SAID : PolicySettings.DEFAULT));
        }
    }

    private static PolicySettings alone(RecordComponent setting) throws ReflectiveOperationException {
        RecordComponent[] all = PolicySettings.class.getRecordComponents();
        Object[] values = (Object[]) Array.newInstance(Object.class, all.length);
        for (int i = 0; i < all.length; i++) {
            values[i] = all[i].getName().equals(setting.getName())
                    ? setting.getAccessor().invoke(SAID)
                    : null;
        }
        Class<?>[] types = Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return PolicySettings.class.getDeclaredConstructor(types).newInstance(values);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {'windowSeconds': 0}                                                  | windowSeconds 0, which must be 1 to 7200
                    {'holdShare': 1.5}                                                    | holdShare 1.5
                    {'extensions': {'count': 21}}                                         | extensions.count 21
                    {'requiredParts': ['/nothing']}                                       | requiredParts with '/nothing'
                    {'partSeconds': {'/summary': 9000}}                                   | partSeconds./summary 9000
                    {'recovery': {'seconds': 901, 'capSeconds': 901, 'capHours': 1}}      | recovery.seconds 901
                    {'recovery': {'seconds': 60, 'capSeconds': 59, 'capHours': 1}}        | recovery.capSeconds 59
                    {'recovery': {'seconds': 60, 'capSeconds': 60, 'capHours': 25}}       | recovery.capHours 25
                    {'occupancyGuard': {'percent': 100, 'minutes': 5, 'restSeconds': 10}} | occupancyGuard.percent 100
                    {'occupancyGuard': {'percent': 90, 'minutes': 61, 'restSeconds': 10}} | occupancyGuard.minutes 61
                    {'unattended': {'callTypes': ['T']}}                                  | unattended with no confidence; it takes both
                    {'unattended': {'confidence': 0.95}}                                  | unattended with no callTypes; it takes both
                    {'unattended': {'callTypes': ['T'], 'confidence': 0.89}}              | unattended.confidence 0.89, which must be 0.9 to 1
                    {'unattended': {'callTypes': ['T'], 'confidence': 1.01}}              | unattended.confidence 1.01
                    """)
    void whatIsOutOfItsRangeIsNamed(String settings, String complaint) {
        assertThatThrownBy(() -> APolicy.of("p", settings)).hasStackTraceContaining("policies: 'p' has " + complaint);
    }
}
