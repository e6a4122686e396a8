package dev.netwright.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.netwright.processor.plan.Kernel;
import org.junit.jupiter.api.Test;

class KernelKindsTest {
    @Test
    void everyKernelThatCanBePlannedHasOneRow() {
        var planned = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackagesOf(Kernel.class).stream()
                        .filter(type -> type.isAssignableTo(Kernel.class) && !type.isInterface())
                        .map(JavaClass::getName)
                        .toList();
        assertThat(KernelKinds.all().stream().map(Class::getName)).containsExactlyInAnyOrderElementsOf(planned);
    }
}
