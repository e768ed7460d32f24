// nginx from Debian serving a folder on loopback: its sockets are opened here, at ports of the
// kernel's, and handed over, so that no port can be taken in between.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace raadbot::support {

class Nginx {
public:
    /// The program, or an empty path when it is not installed.
    static std::filesystem::path program() {
        for (const char* path : {"/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"}) {
            if (std::filesystem::exists(path)) return path;
        }
        return {};
    }

    explicit Nginx(std::filesystem::path folder) : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
    }
    ~Nginx() {
        stop();
        for (const int socket : sockets_) ::close(socket);
    }
    Nginx(const Nginx&) = delete;
    Nginx& operator=(const Nginx&) = delete;

    /// Opens one more socket; its port goes into a `listen` of the configuration.
    std::uint16_t listen(const std::string& address = "127.0.0.1") {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);  // Inherited by nginx.
        sockaddr_in where{};
        where.sin_family = AF_INET;
        ::inet_pton(AF_INET, address.c_str(), &where.sin_addr);
        socklen_t size = sizeof where;
        if (::bind(socket, reinterpret_cast<sockaddr*>(&where), size) != 0 ||
            ::listen(socket, 128) != 0 ||
            ::getsockname(socket, reinterpret_cast<sockaddr*>(&where), &size) != 0) {
            throw std::runtime_error("cannot listen on " + address);
        }
        sockets_.push_back(socket);
        return ntohs(where.sin_port);
    }

    /// `servers`: the server blocks.
    void start(const std::string& servers) {
        const std::string base = folder_.string();
        std::ofstream(folder_ / "nginx.conf")
            << "daemon off;\nworker_processes 1;\n"
            << (::geteuid() == 0 ? "user root;\n" : "") << "pid " << base << "/pid;\nerror_log "
            << base << "/error.log;\nevents { worker_connections 128; }\nhttp {\n"
            << "access_log " << base << "/access.log;\n"
            << "types { text/html html; application/pdf pdf; application/xml xml; text/plain txt;"
               " application/gzip gz; application/rss+xml rss; }\n"
            << "default_type application/octet-stream;\n"
            << "client_body_temp_path " << base << "/body;\nproxy_temp_path " << base
            << "/proxy;\nfastcgi_temp_path " << base << "/fcgi;\nuwsgi_temp_path " << base
            << "/uwsgi;\nscgi_temp_path " << base << "/scgi;\n"
            << servers << "}\n";
        std::string inherited;
        for (const int socket : sockets_) inherited += std::to_string(socket) + ";";
        pid_ = ::fork();
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGTERM);
            ::setenv("NGINX", inherited.c_str(), 1);
            const std::string config = (folder_ / "nginx.conf").string();
            const std::string errors = (folder_ / "error.log").string();
            ::execl(program().c_str(), "nginx", "-c", config.c_str(), "-e", errors.c_str(),
                    static_cast<char*>(nullptr));
            ::_exit(127);
        }
    }
    void stop() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGTERM);  // The quick way down, for its worker too.
        ::waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }
    /// Lines of the access log: who asked for what, with which answer.
    [[nodiscard]] std::vector<std::string> access() const { return lines(folder_ / "access.log"); }
    [[nodiscard]] std::string errors() const {
        std::string out;
        for (const std::string& line : lines(folder_ / "error.log")) out += line + "\n";
        return out;
    }
    void forget_access() const { std::filesystem::resize_file(folder_ / "access.log", 0); }

private:
    static std::vector<std::string> lines(const std::filesystem::path& file) {
        std::ifstream in(file);
        std::vector<std::string> out;
        for (std::string line; std::getline(in, line);) out.push_back(line);
        return out;
    }
    std::filesystem::path folder_;
    std::vector<int> sockets_;
    pid_t pid_ = -1;
};

}  // namespace raadbot::support
