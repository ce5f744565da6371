package org.afterword;

import org.afterword.cli.Cli;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program. */
@SpringBootApplication
public class Afterword {
    public static void main(String[] arguments) {
        System.exit(Cli.run(Afterword.class, arguments));
    }
}
