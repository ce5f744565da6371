package org.afterword.e2e.faults;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.afterword.e2e.DataFolder;
import org.afterword.e2e.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody fills the disk that the program and its database live on, and later makes room. */
class DiskFullTest {
    private static final double PATIENCE_MILLIS = 120_000;
    private static final String USER = """
            {"userName": "%1$s", "name": "%1$s", "role": "%2$s", "agentId": %3$s, "password": "a long password"}""";

    @RegisterExtension
    final DataFolder data = new DataFolder();

    @Test
    void onAFullDiskNothingIsTakenNobodyIsReleasedPagesSayWhyAndAllGoesOnOnceThereIsRoom() throws Exception {
        long seed = Seed.take();
        try (var disk = new SmallDisk(data.path(), 400);
                var house = House.of(data.path());
                var trial = Trial.begin(house, Floor.Size.small(), seed)) {
            trial.api().clear("POST", "/api/v1/users", USER.formatted("sam", "supervisor", "null"));
            trial.api().clear("POST", "/api/v1/users", USER.formatted("ann", "agent", "\"ann\""));
            try (var sam = Visitor.of(house.address());
                    var ann = Visitor.of(house.address())) {
                signIn(sam, "sam");
                signIn(ann, "ann");
                assertThat(banner(sam)).isHidden();

                disk.fill();
                assertThat(banner(sam)).isVisible(patiently());
                assertThat(banner(sam)).containsText("The disk is full");
                assertThat(banner(ann)).isVisible(patiently());
                sam.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "disk-full-floor.png")));
                ann.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "disk-full-panel.png")));
                assertThat(sam.barriers()).isEmpty();
                assertThat(house.program().status("/health/ready")).isEqualTo(503);
                assertIsRefused(trial);
                ann.page().reload();
                assertThat(ann.page().locator("body")).containsText("The disk is full");
                ann.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "disk-full-reload.png")));
                trial.goOn(4000, 5000);

                // without room PostgreSQL does not even start
                House.kill(house.postmaster());
                trial.goOn(4000, 5000);
                assertIsRefused(trial);
                assertThat(banner(sam)).isVisible();

                disk.makeRoom();
                trial.awaitWork();
                assertThat(banner(sam)).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(PATIENCE_MILLIS));
                sam.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "disk-full-over.png")));
            }
            trial.goOn(3000, 4000);
            trial.finish();
            assertThat(house.program().stop()).isZero();
        }
    }

    private static void assertIsRefused(Trial trial) throws IOException {
        BooleanSupplier patient = Trial.within(Duration.ofMinutes(1));
        Api.Answer answer = send(trial);
        while (answer.status() != 503 && patient.getAsBoolean()) {
            answer = send(trial);
        }
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).isTrue();
    }

    private static Api.Answer send(Trial trial) throws IOException {
        return trial.api().once("POST", "/api/v1/events", "[]");
    }

    private static void signIn(Visitor visitor, String name) {
        visitor.page().navigate("/");
        visitor.page().locator("input[name=username]").fill(name);
        visitor.page().locator("input[name=password]").fill("a long password");
        visitor.page().locator("input[name=password]").press("Enter");
        visitor.page().waitForURL(Pattern.compile(".*/(panel|floor).*"));
    }

    private static Locator banner(Visitor visitor) {
        return visitor.page().locator("[data-storage]");
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
    }
}
