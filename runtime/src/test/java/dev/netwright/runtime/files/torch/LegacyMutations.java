package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.hostile.Mutation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Ways to damage what is around the pickle in a file of PyTorch before 1.6. */
final class LegacyMutations {
    private LegacyMutations() {}

    static List<Mutation<LegacyStructure>> all() {
        List<Mutation<LegacyStructure>> all = new ArrayList<>(PickleMutations.<LegacyStructure>all());
        all.add(new Mutation<>("magic", 1, (file, random) -> damage(file.magic, 2, random)));
        all.add(new Mutation<>("protocol", 1, (file, random) -> {
            file.protocol.clear();
            file.protocol.addAll(List.of(PickleMutations.number(random), PickleToken.of('.')));
        }));
        all.add(new Mutation<>("machine", 2, LegacyMutations::machine));
        all.add(new Mutation<>(
                "prefix", 1, (file, random) -> damage(random.nextBoolean() ? file.protocol : file.machine, 0, random)));
        all.add(new Mutation<>("storage in the prefix", 1, (file, random) -> {
            PickleDraw draw = new PickleDraw(random, true);
            for (int i = 0; i < 9 && draw.storages.isEmpty(); i++) {
                draw.tensor();
                draw.op('0');
            }
            (random.nextBoolean() ? file.protocol : file.machine).addAll(0, draw.tokens);
        }));
        all.add(new Mutation<>("list of storages", 5, LegacyMutations::keys));
        all.add(new Mutation<>("storages in another order", 2, (file, random) -> {
            List<Map.Entry<String, byte[]>> entries = new ArrayList<>(file.storages.entrySet());
            Collections.shuffle(entries, random);
            file.storages.clear();
            entries.forEach(entry -> file.storages.put(entry.getKey(), entry.getValue()));
        }));
        all.add(new Mutation<>("storage not listed", 2, (file, random) -> file.storages.remove(file.key(random))));
        all.add(new Mutation<>(
                "length of a storage",
                3,
                (file, random) -> file.lengths.put(
                        file.key(random), PickleMutations.NUMBERS[random.nextInt(PickleMutations.NUMBERS.length)])));
        all.add(new Mutation<>("bytes of a storage", 2, (file, random) -> {
            String key = file.key(random);
            file.storages.put(key, PickleMutations.bytes(random, random.nextInt(40)));
        }));
        all.add(new Mutation<>("trailing", 1, (file, random) -> file.trailing = new byte[1 + random.nextInt(30)]));
        all.add(new Mutation<>("end cut off", 3, false, (file, random) -> file.cutOff = 1 + random.nextInt(60)));
        all.add(new Mutation<>("tar", 1, false, (file, random) -> file.tar = true));
        return all;
    }

    private static void damage(List<PickleToken> tokens, int from, Random random) {
        if (tokens.size() <= from) {
            return;
        }
        int at = from + random.nextInt(tokens.size() - from);
        switch (random.nextInt(3)) {
            case 0 -> tokens.add(at, PickleToken.of("N0)}]e".charAt(random.nextInt(6))));
            case 1 -> tokens.remove(at);
            default -> tokens.addAll(at, List.of(PickleToken.of('0'), PickleToken.number('K', 7)));
        }
    }

    private static void machine(LegacyStructure file, Random random) {
        if (file.machine.size() < 4) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> file.machine.set(1, PickleToken.of(']'));
            case 1 -> {
                file.bigEndian = random.nextBoolean();
                file.machine.set(3, PickleToken.of(0x88));
            }
            case 2 -> {
                file.bigEndian = !file.bigEndian;
                file.machine.set(3, PickleToken.of(file.bigEndian ? 0x89 : 0x88));
            }
            default -> {
                file.bigEndian = false;
                file.machine.set(3, PickleMutations.number(random));
            }
        }
    }

    private static void keys(LegacyStructure file, Random random) {
        file.keys = file.keyList();
        int at = random.nextInt(file.keys.size());
        PickleToken one = file.keys.get(at);
        switch (random.nextInt(6)) {
            case 0 -> file.keys.remove(at);
            case 1 -> file.keys.add(at, one.isText() ? one : PickleToken.text('X', "absent"));
            case 2 -> file.keys.set(1, PickleToken.of("}N)".charAt(random.nextInt(3))));
            case 3 -> file.keys.add(Math.min(3, file.keys.size()), PickleMutations.number(random));
            case 4 -> file.keys.set(at, PickleToken.text('X', file.key(random)));
            default -> {
                file.keys = null;
                file.twice = file.key(random);
            }
        }
    }
}
