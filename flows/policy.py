"""How this service behaves on the web: who it says it is, what it may reach, how long and how much it takes."""

from dataclasses import dataclass

DEFAULT_CONTACT = "https://github.com/rasid-news/rasid"


@dataclass(frozen=True, slots=True)
class WebPolicy:
    """The limits of one `Web`. Times in seconds, sizes in bytes after decompression."""

    user_agent: str = "Rasid/0.1"
    contact: str = DEFAULT_CONTACT
    allow_private_hosts: bool = False
    host_delay: float = 2.0  # between the starts of two requests to one host
    host_connections: int = 2
    connections: int = 256  # open at once, over all hosts
    connect_timeout: float = 10.0  # name lookup, TCP and TLS
    read_timeout: float = 15.0  # between two pieces of an answer
    total_timeout: float = 45.0  # for a request with its redirects, waiting for the host's turn not counted
    max_bytes: int = 16 * 2**20
    max_redirects: int = 5
    respect_robots: bool = True

    @property
    def full_user_agent(self) -> str:
        """The header's value: product, version and a way to reach who runs it."""
        return f"{self.user_agent} (+{self.contact})"

    @property
    def robots_name(self) -> str:
        """The product token that robots.txt groups are matched against."""
        return self.user_agent.split("/", 1)[0].strip().lower()
