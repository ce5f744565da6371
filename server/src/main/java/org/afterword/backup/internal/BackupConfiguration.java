package org.afterword.backup.internal;

import org.afterword.backup.Backups;
import org.afterword.platform.BeforeMigration;
import org.afterword.platform.DataFolder;
import org.afterword.platform.Database;
import org.afterword.platform.KeptFolder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackupSettings.class)
class BackupConfiguration {
    @Bean
    Backups backups(Database database, DataFolder data, ObjectProvider<KeptFolder> folders) {
        return new Backups(database, data, folders.stream().toList());
    }

    @Bean
    BeforeMigration backupBeforeMigration(Backups backups, DataFolder data, BackupSettings settings) {
        return new BackupBeforeMigration(backups, data, settings);
    }
}
