package org.afterword.e2e;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A person at a browser of their own. Whatever goes wrong there is noted: errors on the console, requests that fail. */
public final class Visitor implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;

    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();

    private Visitor(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add("console: " + message.text());
            }
        });
        page.onPageError(error -> faults.add("script: " + error));
        page.onRequestFailed(request -> {
            // a player that leaves the page breaks off what it was loading
            boolean isLeft = request.resourceType().equals("media") && "net::ERR_ABORTED".equals(request.failure());
            if (!isLeft) {
                faults.add("request: %s %s".formatted(request.url(), request.failure()));
            }
        });
        page.onResponse(response -> {
            if (response.status() >= 400) {
                faults.add("response: %d %s".formatted(response.status(), response.url()));
            }
        });
    }

    /** Sits down at a new browser, with no page open yet. */
    public static Visitor of(URI address) {
        Wanting.unless(Files.isExecutable(CHROMIUM), "a browser: install chromium");
        return new Visitor(TheBrowser.OF_THIS_THREAD
                .get()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(address.toString())
                        .setViewportSize(WIDTH, HEIGHT)));
    }

    public Page page() {
        return page;
    }

    /** What went wrong so far. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** What keeps people with disabilities from using the page as it stands, by the rules of axe. */
    public List<String> barriers() {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(violation -> "%s: %s".formatted(violation.getId(), violation.getHelp()))
                        .toList();
    }

    @Override
    public void close() {
        context.close();
    }

    /** One for each thread that tests: a connection to a browser serves a single one, and two classes run at once. */
    private static final class TheBrowser {
        static final ThreadLocal<Browser> OF_THIS_THREAD = ThreadLocal.withInitial(TheBrowser::started);

        private static Browser started() {
            return Playwright.create()
                    .chromium()
                    .launch(new LaunchOptions()
                            .setExecutablePath(CHROMIUM)
                            .setHeadless(true)
                            .setChromiumSandbox(false)
                            .setArgs(List.of(
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync")));
        }
    }
}
