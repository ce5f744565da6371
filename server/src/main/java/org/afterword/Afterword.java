package org.afterword;

import org.afterword.cli.Cli;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The program. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Afterword {
    public static void main(String[] arguments) {
        System.exit(Cli.run(Afterword.class, arguments));
    }
}
