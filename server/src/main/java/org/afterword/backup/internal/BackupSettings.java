package org.afterword.backup.internal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param beforeMigration whether a start that changes the schema writes a backup first; default true */
@ConfigurationProperties("afterword.backup")
record BackupSettings(@DefaultValue("true") boolean beforeMigration) {}
