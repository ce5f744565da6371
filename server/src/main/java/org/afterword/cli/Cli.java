package org.afterword.cli;

import org.afterword.cli.internal.AdminLinkCommand;
import org.afterword.cli.internal.AfterwordCommand;
import org.afterword.cli.internal.BackupCommand;
import org.afterword.cli.internal.DemoCommand;
import org.afterword.cli.internal.EvaluateCommand;
import org.afterword.cli.internal.ExportCommand;
import org.afterword.cli.internal.Failures;
import org.afterword.cli.internal.RestoreCommand;
import org.afterword.cli.internal.ServeCommand;
import org.afterword.cli.internal.TrainCommand;
import org.afterword.cli.internal.VerifyAuditCommand;
import picocli.CommandLine;

/** Runs what was typed. */
public final class Cli {
    private Cli() {}

    /**
     * Runs one command to its end; a server's end is the end of the process.
     *
     * @param application the class that Spring builds the program from
     * @return the exit code: 0 done, 1 failed, 2 wrong usage
     */
    public static int run(Class<?> application, String... arguments) {
        var root = new AfterwordCommand();
        return new CommandLine(root)
                .addSubcommand(new ServeCommand(application))
                .addSubcommand(new DemoCommand(application))
                .addSubcommand(new AdminLinkCommand(application))
                .addSubcommand(new VerifyAuditCommand(application))
                .addSubcommand(new ExportCommand(application))
                .addSubcommand(new EvaluateCommand())
                .addSubcommand(new TrainCommand(application))
                .addSubcommand(new BackupCommand(application))
                .addSubcommand(new RestoreCommand(application))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(Failures.explain(failure));
                    if (root.debug()) {
                        failure.printStackTrace(command.getErr());
                    }
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments);
    }
}
