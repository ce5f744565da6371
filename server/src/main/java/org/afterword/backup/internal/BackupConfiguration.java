package org.afterword.backup.internal;

import org.afterword.backup.Backups;
import org.afterword.governance.Trail;
import org.afterword.platform.BeforeMigration;
import org.afterword.platform.DataFolder;
import org.afterword.platform.Database;
import org.afterword.platform.KeptFolder;
import org.afterword.platform.Tenancy;
import org.afterword.platform.Tenants;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackupSettings.class)
class BackupConfiguration {
    @Bean
    Backups backups(
            Database database,
            DataFolder data,
            ObjectProvider<KeptFolder> folders,
            // not before it is asked: it needs the database as it is after a migration, and a migration needs backups
            ObjectProvider<BackupTrail> trail) {
        return new Backups(
                database,
                data,
                folders.stream().toList(),
                file -> trail.getObject().written(file));
    }

    @Bean
    BackupTrail backupTrail(Trail trail, Tenancy tenancy, Tenants tenants, DataFolder data) {
        return new BackupTrail(trail, tenancy, tenants, data);
    }

    @Bean
    BeforeMigration backupBeforeMigration(Backups backups, DataFolder data, BackupSettings settings) {
        return new BackupBeforeMigration(backups, data, settings);
    }
}
