// Runs a fuzz target without a fuzzing engine: every seed file, then mutations of them drawn from a
// fixed sequence, so that a run always feeds the same bytes. The short form of fuzzing for every
// test run; MAEK_FUZZ builds the same targets with libFuzzer for long ones.
//   driver COUNT SEED_FILE_OR_FOLDER...
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kLongestSeed = 4096;  // longer files are cut into seeds of that size

using Random = std::mt19937_64;

void add_seeds(const std::filesystem::path& file, std::vector<std::string>& seeds) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (std::size_t at = 0; at < text.size(); at += kLongestSeed) seeds.push_back(text.substr(at, kLongestSeed));
}

std::vector<std::string> read_seeds(int count, char** arguments) {
    std::vector<std::filesystem::path> files;
    for (int i = 0; i < count; ++i) {
        if (!std::filesystem::is_directory(arguments[i])) {
            files.emplace_back(arguments[i]);
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i])) {
            if (entry.is_regular_file()) files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<std::string> seeds{""};
    for (const auto& file : files) add_seeds(file, seeds);
    return seeds;
}

std::size_t below(Random& random, std::size_t n) { return n == 0 ? 0 : random() % n; }

// A few changes: bytes flipped, cut, doubled, or parts of another seed spliced in.
std::string mutated(std::string text, const std::vector<std::string>& seeds, Random& random) {
    const std::size_t changes = 1 + below(random, 6);
    for (std::size_t i = 0; i < changes; ++i) {
        const std::size_t at = below(random, text.size() + 1);
        const std::size_t length = below(random, 1 + below(random, 40));
        switch (below(random, 5)) {
            case 0: text.insert(at, 1, static_cast<char>(random())); break;
            case 1: text.erase(std::min(at, text.size()), length); break;
            case 2:
                if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(random, 8)));
                break;
            case 3: text.insert(at, text.substr(std::min(at, text.size()), length)); break;
            default: {
                const std::string& other = seeds[below(random, seeds.size())];
                text.insert(at, other.substr(below(random, other.size() + 1), length));
            }
        }
    }
    return text;
}

void feed(const std::string& text) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: %s COUNT SEED_FILE_OR_FOLDER...\n", argv[0]);
        return 2;
    }
    const std::size_t count = std::strtoull(argv[1], nullptr, 10);
    const auto seeds = read_seeds(argc - 2, argv + 2);
    for (const std::string& seed : seeds) feed(seed);
    Random random(20261122);
    for (std::size_t i = 0; i < count; ++i) feed(mutated(seeds[below(random, seeds.size())], seeds, random));
    std::printf("%zu seeds and %zu mutations of them: no crash\n", seeds.size(), count);
    return 0;
}
