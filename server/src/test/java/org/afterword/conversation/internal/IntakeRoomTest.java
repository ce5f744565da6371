package org.afterword.conversation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.junit.jupiter.api.Test;

class IntakeRoomTest {
    final IntakeRoom room = new IntakeRoom(100);

    @Test
    void whatDoesNotFitIsRefusedBeforeItIsReadUntilThereIsRoom() {
        try (var _ = room.take(60)) {
            assertThatThrownBy(() -> room.take(50)).isInstanceOfSatisfying(ProblemException.class, refused -> {
                assertThat(refused.type()).isEqualTo(ProblemType.UNAVAILABLE);
                assertThat(refused.retryAfterSeconds()).isPositive();
            });
            try (var _ = room.take(40)) {
                assertThat(room.taken()).isEqualTo(100);
            }
        }
        try (var _ = room.take(50)) {
            assertThat(room.taken()).isEqualTo(50);
        }
        assertThat(room.taken()).isZero();
    }

    @Test
    void aBodyThatIsAloneIsTakenHoweverLong() {
        try (var _ = room.take(1000)) {
            assertThatThrownBy(() -> room.take(1)).isInstanceOf(ProblemException.class);
        }
        assertThat(room.taken()).isZero();
    }

    @Test
    void aBodyOfUnknownLengthTakesRoomAsItComes() throws IOException {
        try (var other = room.take(60)) {
            try (var place = room.take(-1)) {
                InputStream body = place.counting(new ByteArrayInputStream(new byte[41]));
                body.readNBytes(39);
                assertThat(room.taken()).isEqualTo(99);
                assertThat(body.read()).isZero();
                assertThatThrownBy(body::read).isInstanceOf(ProblemException.class);
            }
            assertThat(room.taken()).isEqualTo(60);
            other.close();
        }
        assertThat(room.taken()).isZero();
    }
}
