package org.afterword.cli.internal;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar was packaged as. */
final class Version implements IVersionProvider {
    static String text() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(unpackaged)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Afterword " + text()};
    }
}
