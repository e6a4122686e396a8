package dev.netwright.runtime.files.torch;

import static dev.netwright.runtime.files.torch.Bombs.assertNoState;
import static dev.netwright.runtime.files.torch.Bombs.describe;
import static dev.netwright.runtime.files.torch.Bombs.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules and dictionaries that a search for a state dict, or a description, could get lost in. */
class TorchModuleBombTest {
    @TempDir
    private Path folder;

    /** A module under number 0, without parameters; its children follow. */
    private static void module(PickleBuilder draw) {
        draw.global("torch.nn.modules.container", "Sequential");
        Pickles.ops(draw, ')', 0x81);
        Pickles.put(draw, 0);
        draw.op('}');
        draw.text("_parameters");
        Pickles.ops(draw, '}', 's');
        draw.text("_modules");
    }

    @Test
    void aModuleThatContainsItselfHasNoState() throws IOException {
        PickleBuilder draw = Pickles.start();
        module(draw);
        draw.op('}');
        draw.text("inner");
        Pickles.get(draw, 0);
        Pickles.ops(draw, 's', 's', 'b', '.');
        byte[] file = Pickles.zip(draw);
        Object saved = read(file);
        assertNoState(1 << 20, saved, "its modules are nested deeper than 100 or contain themselves");
        assertThat(describe(folder, file)).contains("inner: torch.nn.modules.container.Sequential");
    }

    @Test
    void aModuleThatIsItsOwnTableOfModulesIsDescribed() throws IOException {
        PickleBuilder draw = Pickles.start();
        module(draw);
        Pickles.get(draw, 0);
        Pickles.ops(draw, 's', 'b', '.');
        byte[] file = Pickles.zip(draw);
        assertThat(TorchStateDict.of(read(file))).isEmpty();
        assertThat(describe(folder, file)).endsWith("\n\ntorch.nn.modules.container.Sequential");
    }

    @Test
    void aModuleDoubled60TimesHasNoState() throws IOException {
        PickleBuilder draw = Pickles.start();
        draw.op('(');
        for (int i = 0; i < 60; i++) {
            module(draw);
            draw.op('}');
            if (i > 0) {
                draw.text("left");
                Pickles.get(draw, 1);
                draw.op('s');
                draw.text("right");
                Pickles.get(draw, 1);
                draw.op('s');
            }
            Pickles.ops(draw, 's', 'b');
            Pickles.put(draw, 1);
        }
        // All but the last were left on the stack.
        draw.op('1');
        Pickles.get(draw, 1);
        draw.op('.');
        byte[] file = Pickles.zip(draw);
        Object saved = read(file);
        assertNoState(1L << 30, saved, "its modules and dictionaries have more than");
        assertThat(describe(folder, file).lines()).hasSizeBetween(2_000, 2_010);
    }

    @Test
    void aDictionaryUnderManyKeysIsNotSearchedAgainAndAgain() throws IOException {
        PickleBuilder draw = Pickles.start();
        Pickles.ops(draw, '(', '}', '(');
        draw.global("torch._utils", "_rebuild_tensor_v2");
        draw.op('(');
        Pickles.storage(draw, "ByteStorage", "0", 1);
        draw.number(0);
        Pickles.ops(draw, ')', ')', 't', 'R');
        Pickles.put(draw, 0);
        draw.op('0');
        for (int i = 0; i < 30_000; i++) {
            draw.text("k" + i);
            Pickles.get(draw, 0);
        }
        draw.text("last");
        Pickles.ops(draw, 'N', 'u');
        Pickles.put(draw, 1);
        Pickles.ops(draw, '1', '}', '(');
        for (int i = 0; i < 30_000; i++) {
            draw.number(i);
            Pickles.get(draw, 1);
        }
        Pickles.ops(draw, 'u', '.');
        byte[] file = Pickles.zip(draw, Map.of("0", new byte[1]));
        Object saved = read(file);
        assertNoState(1 << 24, saved, "its modules and dictionaries have more than");
    }

    @Test
    void aLongNameIsShortenedWhereItIsDescribed() throws IOException {
        PickleBuilder draw = Pickles.start();
        draw.op(']');
        draw.tokens.add(PickleToken.text('X', "n\n".repeat(5_000)));
        Pickles.put(draw, 0);
        draw.op('0');
        for (int i = 0; i < 2_000; i++) {
            draw.op('}');
            Pickles.get(draw, 0);
            Pickles.ops(draw, 'N', 's', 'a');
        }
        draw.op('.');
        String text = describe(folder, Pickles.zip(draw));
        assertThat(text.length()).isLessThan(600_000);
        assertThat(text.lines().toList()).contains("  " + "n?".repeat(100) + "...: None");
    }
}
