package org.afterword.cli.internal;

import java.util.concurrent.Callable;
import org.afterword.identity.AdminLinks;
import org.afterword.identity.TenantDirectory;
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
        try (var resting = RestingProgram.openUnchanged(application, storage)) {
            if (resting.get(TenantDirectory.class).find(TenantId.DEFAULT).isEmpty()) {
                throw StorageOptions.noInstallation("this database");
            }
            var link = resting.get(AdminLinks.class).make(TenantId.DEFAULT);
            System.out.println(resting.address() + link);
            if (!resting.isServed()) {
                System.err.println(
                        "No server runs here now: start it first, and put its port into the link if that is another.");
            }
        }
        return 0;
    }
}
