package org.afterword.cli.internal;

import java.util.concurrent.Callable;
import org.afterword.identity.AdminLinks;
import org.afterword.identity.FirstStart;
import org.afterword.platform.TenantId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "admin-link",
        description = "Makes a link by which an administrator signs in for the first time, valid for an hour.")
public final class AdminLinkCommand implements Callable<Integer> {
    private final Class<?> application;

    @Mixin
    private StorageOptions storage = new StorageOptions();

    public AdminLinkCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        storage.requireInstallation();
        try (var resting = RestingProgram.open(application, storage)) {
            var firstStart = resting.get(FirstStart.class);
            firstStart.start();
            var link = firstStart
                    .adminLink()
                    .orElseGet(() -> resting.get(AdminLinks.class).make(TenantId.DEFAULT));
            System.out.println(resting.address() + link);
        }
        return 0;
    }
}
